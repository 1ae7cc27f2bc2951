/** SIGKILL of a child, its zygote or the supervisor at each stage of a program's life: a typed outcome each time, and nothing is left. */
import '../support/untapped.js';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { type Program, Supervisor } from '../../supervisor/index.js';
import type { State } from '../../supervisor/life-cycle.js';
import { readHostState, settledState } from '../hostile/host-state.js';
import { endingOf } from '../hostile/stage.js';
import { lacks } from '../launch/support.js';
import { abandonedGroups } from '../support/leftovers.js';
import { until } from '../support/patience.js';
import { guests, specOf } from './guests.js';

const stages: readonly State[] = ['queued', 'preparing', 'forking', 'starting', 'running', 'ending'];

const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** Calls `act` once, in the moment in which the program enters the state. */
function at(program: Program, stage: State, act: () => void): void {
  let done = false;
  const look = () => {
    if (done || program.state !== stage) return;
    done = true;
    act();
  };
  program.on('state', look);
  look();
}

t.test('killed at each stage', { skip: lacks, timeout: 800_000 }, async (t) => {
  const supervisor = await Supervisor.open({ mostStarting: 1 });
  t.teardown(() => supervisor.close());
  await supervisor.warm(15_000_000);
  const root = t.testdir();
  const start = (source: string) => supervisor.start(specOf(root, source));
  const idle = async () => {
    const program = await start(guests.idle);
    while (program.state !== 'running') await delay(2);
    return program;
  };
  /** What is held, whichever program it is that runs, and whichever zygote. */
  const held = (state: ReturnType<typeof readHostState>) => ({
    descriptors: state.descriptors.map((path) => path.replace(/(?<=repyard-\d+\/)\d+|(?<=guest-)\w+/, 'N')).sort(),
    groups: state.groups.map((path) => path.replace(/\d+$/, 'N')),
    zombies: state.zombies,
    processes: state.processes.length,
  });

  await t.test('a child', async (t) => {
    const member = await idle();
    const pid = member.status().pid!;
    const before = readHostState(pid);
    /** Where no child exists before the stage is over, there is nothing to kill. */
    const kills: readonly (readonly [name: string, source: string, stage: State, afterMs: number, expected: RegExp])[] =
      [
        ['while it locks itself', guests.idle, 'starting', 0, /SIGKILL/],
        ['while it has its program sent', guests.long, 'starting', 1, /SIGKILL/],
        ['while it checks its program', guests.long, 'starting', 15, /SIGKILL/],
        ['while it runs', guests.busy, 'running', 5, /SIGKILL/],
        ['while it waits', guests.idle, 'running', 5, /SIGKILL/],
        ['while it has files and requests open', guests.files, 'running', 20, /SIGKILL/],
        ['when it has said how it ended', guests.ends, 'ending', 0, /ran to its end/],
      ];
    for (const [name, source, stage, afterMs, expected] of kills) {
      const program = await start(source);
      at(program, stage, () => {
        const kill = () => {
          const victim = program.status().pid;
          // It may have ended by itself in the moment after its last word.
          if (victim !== null)
            try {
              process.kill(victim, 'SIGKILL');
            } catch {}
        };
        if (afterMs === 0) kill();
        else setTimeout(kill, afterMs);
      });
      const outcome = await program.outcome;
      t.match(outcome.message, expected, `${name}: ${endingOf(outcome)}`);
      t.match(endingOf(outcome), stage === 'starting' ? /^(crashed|refused)$/ : /^(crashed|exited)$/);
    }
    t.same(await settledState(pid, before), before, 'everything is given back');
    member.stop();
    await member.outcome;
  });

  await t.test('its zygote', async (t) => {
    for (const stage of stages) {
      const first = await idle();
      const before = readHostState(first.status().pid!);
      const zygote = parentOf(first.status().pid!);
      // The start of the first blocks the only turn, so that the second is seen queued.
      const blocker = stage === 'queued' ? await start(guests.long) : undefined;
      const program = await start(['starting', 'running'].includes(stage) ? guests.idle : guests.ends);
      at(program, stage, () => process.kill(zygote, 'SIGKILL'));
      const outcome = await program.outcome;
      // One that has no child yet gets it from the next zygote.
      const expected = ['queued', 'preparing', 'forking'].includes(stage)
        ? /^(exited|supervisor)$/
        : stage === 'ending'
          ? /^(exited|supervisor)$/
          : /^supervisor$/;
      t.match(endingOf(outcome), expected, `${stage}: ${endingOf(outcome)}: ${outcome.message}`);
      t.equal(endingOf(await first.outcome), 'supervisor', 'the one that was running ends with it');
      blocker?.stop();
      await blocker?.outcome;
      const next = await idle();
      const wanted = JSON.stringify(held(before));
      const now = () => held(readHostState(next.status().pid!));
      await until(() => JSON.stringify(now()) === wanted, { seconds: 30 });
      t.same(now(), held(before), 'the next start works, and nothing else is left');
      next.stop();
      await next.outcome;
    }
  });
});

t.test('the supervisor, at each stage', { skip: lacks, timeout: 800_000 }, async (t) => {
  const script = fileURLToPath(new URL('./dies-at-stage.js', import.meta.url));
  for (const stage of stages) {
    const { signal, stdout, stderr, exitCode } = await execa(process.execPath, [script, stage], {
      reject: false,
      env: { TMPDIR: t.testdir() },
    });
    t.equal(signal, 'SIGKILL', stage, { stderr, exitCode });
    const { uidBase, uidEnd } = JSON.parse(stdout) as { uidBase: number; uidEnd: number };
    await until(() => processesOf(uidBase, uidEnd).length === 0, { seconds: 30 });
    t.same(processesOf(uidBase, uidEnd), [], `${stage}: no process of its uids is left`);
  }
  const next = await Supervisor.open();
  const program = await next.start(specOf(t.testdirName, guests.ends));
  t.equal((await program.outcome).reason, 'exited', 'the next one works');
  await next.close();
  // Those of a supervisor that a test beside this one has killed are removed by the next one there.
  t.ok(await until(() => abandonedGroups().length === 0), 'and has removed their cgroups', { left: abandonedGroups() });
});

/** That live: a zombie waits only for its new parent. */
function processesOf(from: number, end: number): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      const status = /^\d+$/.test(name) ? readFileSync(`/proc/${name}/status`, 'utf8') : '';
      const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? -1);
      return uid >= from && uid < end && !/^State:\s+Z/m.test(status);
    } catch {
      return false;
    }
  });
}
