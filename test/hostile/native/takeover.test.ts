/**
 * A native child that has taken over the protocol after the lock: each act has one outcome, and what the supervisor holds for it
 * stays bounded, though the child never reads what it is answered.
 */
import '../../support/untapped.js';
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { loadRestrictions } from '../../../restrictions/load.js';
import { Supervisor } from '../../../supervisor/index.js';
import { memoryInUse } from '../../support/memory-in-use.js';
import { readHostState, settledState } from '../host-state.js';
import { endingOf } from '../stage.js';
import { Witness } from '../witness.js';
import { buildNative, lack } from './build.js';

/** `stopped`: it goes on for ever, and only the operator ends it. What must be in the outcome's message. */
const acts: Readonly<Record<string, readonly [ending: string, message: RegExp]>> = {
  bytewise: ['exited', /ran to its end/],
  'half a length': ['crashed', /exited with 0 without saying why/],
  'half a frame': ['crashed', /exited with 0 without saying why/],
  'half a frame for ever': ['stopped', /by the test/],
  'half a frame and a crash': ['crashed', /SIGSEGV|exited with 121/],
  'the largest frame announced': ['stopped', /by the test/],
  'more than the largest frame announced': ['crashed', /frame too large/],
  'an empty frame': ['crashed', /frame too short/],
  'requests without reading': ['stopped', /by the test/],
  'log without reading': ['stopped', /by the test/],
  'requests without reading, then the end': ['exited', /ran to its end/],
  'requests after the end': ['exited', /ran to its end/],
  'life after the end': ['exited', /ran to its end/],
  'the end before the beginning': ['exited', /ran to its end/],
  'a request before the beginning': ['crashed', /out of order: request/],
  'two ends': ['exited', /ran to its end/],
  'two beginnings': ['crashed', /out of order: started/],
  'one id twice at once': ['crashed', /7 is in use/],
  'one id again and again': ['exited', /ran to its end/],
  "the supervisor's words": ['crashed', /unknown message type: 2/],
  'thousands of frames in a write': ['stopped', /by the test/],
  'close the channel': ['crashed', /forbidden system call/],
  'shut down writing': ['crashed', /forbidden system call/],
  'shut down reading': ['crashed', /forbidden system call/],
  'urgent data': ['crashed', /forbidden system call/],
  'a descriptor': ['crashed', /forbidden system call/],
};
/** How long those that never end may go on: the floods fill every buffer in a tenth of that. */
const goOnMs = 700;
/** Six floods and halves side by side, each bounded by frames in flight (2 MiB), one partial frame and 256 KiB of answers. */
const mostHeld = 24 << 20;
/** Of processor time that this process may have used for others before the witness had its next answer. */
const mostWorkMs = 1000;

const restrictions = loadRestrictions(
  Buffer.from(
    'resource cpu 0.5\nresource memory 30000000\nresource diskused 100000\nresource events 2\nresource lograte 100000\nresource random 1e9\n',
  ),
);

t.test('a native child that speaks the protocol', { skip: lack, timeout: 800_000 }, async (t) => {
  const root = t.testdir();
  const honest = await Supervisor.open();
  t.teardown(() => honest.close());
  const launcher = { startTimeoutMs: 120_000, runtime: await buildNative(root, 'takeover.c') };
  const supervisor = await Supervisor.open({ launcher });
  t.teardown(() => supervisor.close());
  await mkdir(`${root}/witness`);
  const witness = await Witness.start(honest, `${root}/witness`);
  await supervisor.warm(30_000_000);
  const before = readHostState(witness.pid);
  const memoryBefore = await memoryInUse();
  witness.reset();

  const perform = async (act: string) => {
    const directory = `${root}/${act}`;
    await mkdir(directory);
    return supervisor.start({
      name: act,
      language: 'javascript',
      source: Buffer.from(`act:${act};`),
      args: [],
      restrictions,
      directory,
      log: { write: () => undefined, close: async () => undefined },
    });
  };
  const endless = Object.entries(acts).filter(([, [ending]]) => ending === 'stopped');
  const programs = await Promise.all(endless.map(([act]) => perform(act)));
  await delay(goOnMs);
  const held = (await memoryInUse()) - memoryBefore;
  t.ok(held < mostHeld, `${endless.length} that go on hold less than ${mostHeld >> 20} MiB`, { held });
  for (const program of programs) {
    t.match(program.state, /starting|running/, `${program.spec.name}: goes on`);
    program.stop('by the test');
    const outcome = await program.outcome;
    t.equal(endingOf(outcome), 'stopped');
  }
  for (const [act, [ending, message]] of Object.entries(acts)) {
    if (ending === 'stopped') continue;
    const outcome = await (await perform(act)).outcome;
    t.equal(endingOf(outcome), ending, `${act}: ${outcome.message}`);
    t.match(outcome.message, message);
    t.ok(
      Object.values(outcome.timings).every((ms) => ms === null || (ms >= 0 && ms < 60_000)),
      'its times are possible',
    );
  }
  witness.look();
  t.equal(witness.program.state, 'running');
  t.ok(witness.mostWorkMs < mostWorkMs, 'the witness was served throughout', {
    mostWorkMs: witness.mostWorkMs,
  });
  t.same(await settledState(witness.pid, before), before, 'descriptors, groups and processes are as before');
});
