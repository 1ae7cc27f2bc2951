/**
 * Faults that would hit other processes of the host, in a mount namespace of their own: the argument says which. Prints a JSON line for
 * each thing that must hold. Run by exhausted.test.ts through `unshare -m`.
 */
import '../support/untapped.js';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { execaSync } from 'execa';
import { type Program, Supervisor } from '../../supervisor/index.js';
import type { ProgramSpec } from '../../supervisor/program-spec.js';
import { guests, specOf } from './guests.js';

const check = (ok: boolean, what: string, saw: unknown) => console.log(JSON.stringify({ ok, what, saw }));
const mount = (...args: string[]) => execaSync('mount', args);

const root = `${tmpdir()}/mounted`;
mkdirSync(root);

/** Mounts of the cgroup file systems. */
const cgroups = readFileSync('/proc/self/mountinfo', 'utf8')
  .split('\n')
  .filter((line) => / - cgroup2? /.test(line))
  .map((line) => line.split(' ')[4]!);
/** By a mount over each, since files of theirs are open for writing. */
const writable = (yes: boolean) => {
  for (const path of cgroups) {
    if (yes) execaSync('umount', [path]);
    else {
      mount('--bind', path, path);
      mount('-o', 'remount,bind,ro', path);
    }
  }
};

async function running(supervisor: Supervisor, spec: ProgramSpec): Promise<Program> {
  const program = await supervisor.start(spec);
  while (program.state !== 'running' && program.state !== 'ended') await delay(2);
  return program;
}

async function works(supervisor: Supervisor): Promise<void> {
  const { reason, message } = await (await supervisor.start(specOf(tmpdir(), guests.ends))).outcome;
  check(reason === 'exited', 'the next start works', message);
}

const fills = `const file = await openfile('f', true); for (let at = 0; ; at += 4096) await file.writeat('x'.repeat(4096), at);`;
const creates = `for (let n = 0; ; n += 1) { const file = await openfile('f' + n, true); await file.close(); }`;

async function fullDisk(options: string, source: string, what: RegExp): Promise<void> {
  mount('-t', 'tmpfs', '-o', options, 'small', root);
  const supervisor = await Supervisor.open();
  const program = await supervisor.start(specOf(root, source));
  const { reason, message } = await program.outcome;
  check(
    reason === 'supervisor' && what.test(message),
    'the program ends because the host has no room, and the outcome says so',
    { reason, message },
  );
  await works(supervisor);
  await supervisor.close();
  execaSync('umount', [root]);
  rmSync(root, { recursive: true });
}

const faults: Record<string, () => Promise<void>> = {
  disk: () => fullDisk('size=256k', fills, /ENOSPC/),
  inodes: () => fullDisk('nr_inodes=20', creates, /ENOSPC/),

  /** The supervisor's own bound is reached while one program runs. */
  descriptors: async () => {
    const supervisor = await Supervisor.open();
    const member = await running(supervisor, specOf(tmpdir(), `await sleep(0.5); log('still here'); await sleep(60);`));
    const taken: number[] = [];
    const before = readdirSync('/proc/self/fd').length;
    execaSync('prlimit', ['--pid', `${process.pid}`, `--nofile=${before + 40}`]);
    try {
      for (;;) taken.push(openSync('/dev/null', 'r'));
    } catch {
      // None is left.
    }
    const give = (count: number) => {
      for (const fd of taken.splice(0, count)) closeSync(fd);
    };
    const reasons = new Set<string>();
    // With ever more free ones the start fails at a later step each time.
    const spec = () => specOf(tmpdir(), guests.ends);
    for (let free = 0; free < 40; free += 2) {
      give(2);
      const { reason, message } = await (await supervisor.start(spec())).outcome;
      reasons.add(`${reason}: ${message}`);
      if (reason === 'exited') break;
    }
    const failed = [...reasons].filter((reason) => !reason.startsWith('exited'));
    check(
      failed.length > 0 &&
        failed.every((reason) => /^(refused|supervisor): .*(EMFILE|open files|descriptor)/.test(reason)),
      'each failed start says that there was no descriptor',
      failed,
    );
    give(taken.length);
    check(member.state === 'running', 'the program that runs goes on', member.state);
    const { length } = readdirSync('/proc/self/fd');
    check(length === before, 'no descriptor is left open', { before, length });
    await works(supervisor);
    await supervisor.close();
  },

  cgroups: async () => {
    const supervisor = await Supervisor.open();
    const member = await running(supervisor, specOf(tmpdir(), guests.idle));
    writable(false);
    const { reason, message } = await (await supervisor.start(specOf(tmpdir(), guests.ends))).outcome;
    check(reason === 'refused' && /EROFS|read-only/i.test(message), 'a program without its cgroups is refused', {
      reason,
      message,
    });
    check(member.state === 'running', 'the program that runs goes on', member.state);
    writable(true);
    await works(supervisor);
    await supervisor.close();
  },

  'no cgroups': async () => {
    writable(false);
    const said = await Supervisor.open().then(
      async (supervisor) => {
        const { reason, message } = await (await supervisor.start(specOf(tmpdir(), guests.ends))).outcome;
        await supervisor.close();
        return `${reason}: ${message}`;
      },
      (error: Error) => `not opened: ${error.message}`,
    );
    check(/^(refused|not opened): .*(cgroup|enforced)/s.test(said), 'nothing runs without limits', said);
  },
};

await faults[process.argv[2] ?? '']!();
console.log(JSON.stringify({ ok: true, what: 'done', saw: null }));
