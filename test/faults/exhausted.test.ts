/**
 * What a start takes has run out or is broken: uids, processes, descriptors, cgroups, the engine, the addon, the filter, the disk. Each
 * time the program gets a typed outcome that says what was missing, everything is given back, and the next start works again.
 */
import '../support/untapped.js';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t, { type Test } from 'tap';
import { type Outcome, Supervisor } from '../../supervisor/index.js';
import { createLauncher } from '../../supervisor/launch/create-launcher.js';
import { compileFilters } from '../../supervisor/launch/filters.js';
import { UidPool } from '../../supervisor/limits/uid-pool.js';
import { linux } from '../../supervisor/platform/linux.js';
import { readHostState, settledState } from '../hostile/host-state.js';
import { lacks } from '../launch/support.js';
import { guests, specOf } from './guests.js';

const dist = fileURLToPath(new URL('../../', import.meta.url));
const pidsMount = '/sys/fs/cgroup/pids';

interface Fault {
  readonly reason: Outcome['reason'];
  readonly message: RegExp;
}

async function running(supervisor: Supervisor, root: string) {
  const program = await supervisor.start(specOf(root, guests.idle));
  while (program.state !== 'running') {
    if (program.state === 'ended') throw new Error((await program.outcome).message);
    await delay(2);
  }
  return program;
}

/** A supervisor with one running program in it; `disturb` makes the fault and returns how to mend it. */
async function meets(
  t: Pick<Test, 'testdir' | 'equal' | 'match' | 'same'>,
  fault: Fault,
  supervisor: Supervisor,
  disturb: (member: number) => () => void,
): Promise<void> {
  const root = t.testdir();
  const member = await running(supervisor, root);
  const pid = member.status().pid!;
  const before = readHostState(pid);
  const mend = disturb(pid);
  let outcome: Outcome;
  try {
    outcome = await (await supervisor.start(specOf(root, guests.ends))).outcome;
  } finally {
    mend();
  }
  t.equal(outcome.reason, fault.reason, outcome.message);
  t.match(outcome.message, fault.message);
  t.equal(member.state, 'running', 'the one that runs goes on');
  t.same(await settledState(pid, before), before, 'what the failed start had taken is given back');
  t.equal((await (await supervisor.start(specOf(root, guests.ends))).outcome).reason, 'exited', 'the next start works');
  member.stop();
  await supervisor.close();
}

t.test('run out or broken', { skip: lacks, timeout: 800_000 }, async (t) => {
  await t.test('no free uid', async (t) => {
    const supervisor = await Supervisor.open();
    // The pool's size is the only thing that is replaced: a real one has 16,384.
    const pool = new UidPool(1_650_000_000, 1);
    const identities = {
      shared: false,
      allocate: () => ({ uid: pool.allocate(), gid: 1_650_000_000 }),
      release: ({ uid }: { uid: number }) => pool.release(uid),
    };
    const root = t.testdir();
    Reflect.set(supervisor, 'identities', identities);
    const member = await running(supervisor, root);
    const refused = await (await supervisor.start(specOf(root, guests.ends))).outcome;
    t.equal(refused.reason, 'refused');
    t.match(refused.message, /all 1 uids .* belong to live children/);
    member.stop();
    await member.outcome;
    t.equal(
      (await (await supervisor.start(specOf(root, guests.ends))).outcome).reason,
      'exited',
      'the uid comes free with its child',
    );
    t.equal(pool.taken, 0);
    await supervisor.close();
  });

  await t.test(
    'no free process',
    { skip: !existsSync(`${pidsMount}/cgroup.procs`) && 'needs the pids controller of cgroup v1' },
    async (t) => {
      const group = `${pidsMount}/repyard-test-${process.pid}`;
      mkdirSync(group);
      t.teardown(() => rmdirSync(group));
      await meets(
        t,
        { reason: 'refused', message: /could not be forked: .*EAGAIN/ },
        await Supervisor.open(),
        (member) => {
          const zygote = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${member}/status`, 'utf8'))![1]!;
          const home = /^\d+:pids:(.*)$/m.exec(readFileSync(`/proc/${zygote}/cgroup`, 'utf8'))![1]!;
          writeFileSync(`${group}/pids.max`, '1');
          writeFileSync(`${group}/cgroup.procs`, zygote);
          return () => writeFileSync(`${pidsMount}${home}/cgroup.procs`, zygote);
        },
      );
    },
  );

  for (const [name, filter, message] of [
    ['a filter that the kernel refuses', new Uint8Array(8), /could not be locked: load the seccomp filter: EINVAL/],
    ['a filter that is none', new Uint8Array(7), /seccomp filter of/],
  ] as const) {
    await t.test(name, async (t) => {
      let broken = true;
      const supervisor = await Supervisor.open({
        platform: {
          ...linux,
          createLauncher(tuning) {
            const sound = linux.createLauncher(tuning);
            const faulty = createLauncher({ ...tuning, filters: { ...compileFilters(), jit: filter } });
            return {
              launch: (request) => (broken ? faulty : sound).launch(request),
              warm: async (memory) =>
                void (await Promise.all([sound.warm(memory), faulty.warm(memory).catch(() => {})])),
              close: async () => void (await Promise.all([sound.close(), faulty.close()])),
            };
          },
        },
      });
      broken = false;
      await supervisor.warm(15_000_000);
      await meets(t, { reason: 'refused', message }, supervisor, () => {
        broken = true;
        return () => {
          broken = false;
        };
      });
    });
  }

  await t.test('an engine that is missing, not executable, another program, or takes too long', async (t) => {
    const root = t.testdir({ text: 'no program', shell: '#!/bin/sh\nexec sleep 60\n' });
    chmodSync(join(root, 'shell'), 0o755);
    for (const [engine, startTimeoutMs, message] of [
      [join(root, 'missing'), 60_000, /zygote could not start: .*ENOENT/],
      [join(root, 'text'), 60_000, /zygote could not start: .*EACCES/],
      [join(root, 'shell'), 60_000, /zygote could not start: exit code 127/],
      [linux.enginePath(), 1, /zygote could not start: not ready within 1 ms/],
    ] as const) {
      const supervisor = await Supervisor.open({ launcher: { engine, startTimeoutMs } });
      const { reason, message: said } = await (await supervisor.start(specOf(root, guests.ends))).outcome;
      t.equal(reason, 'refused', said);
      t.match(said, message);
      await supervisor.close();
    }
  });

  await t.test('a missing addon', async (t) => {
    const root = t.testdir();
    cpSync(dist, join(root, 'dist'), {
      recursive: true,
      filter: (path) => !/\/(test|bench)$|repyard\.node/.test(path),
    });
    for (const name of ['node_modules', 'package.json']) symlinkSync(join(dirname(dist), name), join(root, name));
    const script = `import { Supervisor } from ${JSON.stringify(join(root, 'dist/supervisor/index.js'))};
      await Supervisor.open().then(() => console.log('opened'), (error) => console.log(error.code, error.message));`;
    const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', script]);
    t.match(stdout, /^HOST .*repyard\.node/);
    rmSync(root, { recursive: true });
  });

  for (const [name, what] of [
    ['no free descriptor', 'descriptors'],
    ['a full disk', 'disk'],
    ['no free inode', 'inodes'],
    ['cgroups that became read-only', 'cgroups'],
    ['cgroups that are read-only from the start', 'no cgroups'],
  ] as const) {
    await t.test(name, async (t) => {
      const script = fileURLToPath(new URL('./in-own-mounts.js', import.meta.url));
      const { stdout, exitCode, stderr } = await execa('unshare', ['-m', process.execPath, script, what], {
        reject: false,
        env: { TMPDIR: t.testdir() },
        timeout: 240_000,
      });
      t.equal(exitCode, 0, stderr);
      for (const line of stdout.split('\n').filter(Boolean)) {
        const { ok, what: promise, saw } = JSON.parse(line) as { ok: boolean; what: string; saw: unknown };
        t.ok(ok, promise, { saw });
      }
      t.match(stdout, /"done"/);
    });
  }
});
