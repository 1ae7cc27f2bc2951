import { readFileSync } from 'node:fs';
import t from 'tap';
import { lacks, launch, launcherFor, smallMemory } from './support.js';

/** Mappings that are writable and executable, as /proc/PID/maps tells them. */
const codePages = /^\S+ .wx/m;
/** What executable memory there is: files; and the kernel's own. */
const namesOfCode = (maps: string): string[] =>
  maps.split('\n').flatMap((line) => (/ ..x. /.test(line) ? [line.split(/ +/)[5] ?? ''] : []));

t.test('a hardened child', { skip: lacks }, async (t) => {
  const launcher = launcherFor(t);

  await t.test('has no page that is writable and executable, and no code but the files of the engine', async (t) => {
    for (const memory of [smallMemory, 100_000_000, 300_000_000]) {
      const guest = await launch(launcher, memory, 'hardened');
      t.notMatch(guest.proc('maps'), codePages);
      t.equal(await guest.ask('compute', 3e6), 999718);
      t.equal(await guest.ask('garbage', 3000), 1000);
      t.equal(await guest.ask('expression', 3000), 3000);
      t.equal(await guest.ask('recurse'), 'RangeError');
      t.equal(await guest.ask('microtasks'), 'ab');
      t.notMatch(guest.proc('maps'), codePages, 'nor after programs that would have been compiled');
      for (const name of namesOfCode(guest.proc('maps'))) t.match(name, /^\/|^\[(vdso|vsyscall)\]$/);
      t.equal(guest.status('Seccomp'), '2');
      guest.child.signal('SIGKILL');
      await guest.child.ended;
    }
  });

  await t.test('has the kernel forget what it taught the branch predictor', async (t) => {
    // What may be chosen is chosen; where the kernel gives no choice, a child is as everybody.
    const own = /^SpeculationIndirectBranch:[ \t]*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    const wanted = own === 'conditional enabled' ? 'conditional force disabled' : own;
    for (const [profile, state] of [
      ['hardened', wanted],
      ['jit', own],
    ] as const) {
      const guest = await launch(launcher, smallMemory, profile);
      t.equal(await guest.ask('ping'), 'pong', 'it is locked');
      t.equal(guest.status('SpeculationIndirectBranch'), state, profile);
      guest.child.signal('SIGKILL');
      await guest.child.ended;
    }
  });

  await t.test('has another zygote than one whose engine compiles', async (t) => {
    const guests = await Promise.all([launch(launcher), launch(launcher, smallMemory, 'hardened'), launch(launcher)]);
    const [one, hardened, other] = guests.map((guest) => guest.status('PPid'));
    t.equal(one, other);
    t.not(one, hardened);
    t.match(guests[0]!.proc('maps'), codePages, 'a compiling engine has such pages: the look above can fail');
    for (const guest of guests) guest.child.signal('SIGKILL');
    await Promise.all(guests.map((guest) => guest.child.ended));
  });

  await t.test('ends when its engine is told to compile after all', async (t) => {
    const guest = await launch(launcher, smallMemory, 'hardened');
    t.equal(await guest.ask('turnOnCompilers'), undefined);
    t.match((await guest.child.ended).signal, /^SIG(SEGV|SYS|TRAP|ILL)$/);
  });
});
