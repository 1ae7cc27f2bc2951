/**
 * Children that have taken over the protocol: random frames, well-formed and not, in order and not, whole and in halves. The
 * supervisor must not crash, must not grow, and must serve others meanwhile. FUZZ_RUNS is the number of frames that it must have taken
 * from its channels, FUZZ_SEED the first seed: each child's frames come from one seed, so that a failure is repeated with that child alone.
 */
import '../../support/untapped.js';
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { FrameReader } from '../../../protocol/frames.js';
import { loadRestrictions } from '../../../restrictions/load.js';
import { Supervisor } from '../../../supervisor/index.js';
import { lacks } from '../../launch/support.js';
import { memoryInUse } from '../../support/memory-in-use.js';
import { readHostState, residentBytes, settledState } from '../host-state.js';
import { endingOf } from '../stage.js';
import { Witness } from '../witness.js';

const frames = Number(process.env.FUZZ_RUNS ?? 30_000);
const firstSeed = Number(process.env.FUZZ_SEED ?? 1);
const framesOfChild = 1000;
const side = 3;
/** Each child gets most of its frames through before it breaks the protocol: with more children than this, frames aren't counted. */
const mostChildren = 20 + (4 * frames) / framesOfChild;
/** Other work on the test's host stands the witness still, too. */
/** Of processor time that this process may have used for others before the witness had its next answer. */
const mostWorkMs = 1000;
/** What the first children leave for good: buffers and compiled code. */
const settledAfter = 20;
/** Of memory in use, and of resident memory, which also holds what malloc keeps for later. */
const [mostGrowth, mostResidentGrowth] = [4 << 20, 64 << 20];
/** Progress in long runs. */
const tellEvery = 100_000;

/** Whole frames that the supervisor has taken from the channels of hostile children. */
let taken = 0;
const { advance } = FrameReader.prototype;
FrameReader.prototype.advance = function (this: FrameReader) {
  const found = advance.call(this);
  if (found) taken += 1;
  return found;
};

const runtime = fileURLToPath(new URL('../../../../test/fixtures/hostile/protocol-runtime.mjs', import.meta.url));
const restrictions = loadRestrictions(
  Buffer.from(`resource cpu 1
resource memory 30000000
resource diskused 100000000
resource events 5
resource filesopened 5
resource fileread 1e9
resource filewrite 1e9
resource lograte 1e9
resource random 1e9
resource netsend 1e9
resource netrecv 1e9
resource loopsend 1e9
resource looprecv 1e9
resource insockets 2
resource outsockets 2
`),
);

t.test(`${frames} random frames`, { skip: lacks, timeout: 1_800_000 }, async (t) => {
  const root = t.testdir();
  const honest = await Supervisor.open();
  t.teardown(() => honest.close());
  // One supervisor serves programs of the real runtime, the witness among them, or children of the stand-in: two in one process share
  // the event loop, and with it everything that a flood could hold up.
  // Long runs would have a new zygote, and so another process than before.
  const launcher = { startTimeoutMs: 120_000, runtime, recycleAfterForks: 1e9 };
  const supervisor = await Supervisor.open({ launcher });
  t.teardown(() => supervisor.close());
  await mkdir(`${root}/witness`);
  const witness = await Witness.start(honest, `${root}/witness`);
  await supervisor.warm(30_000_000);
  const before = readHostState(witness.pid);
  witness.reset();

  const endings = new Map<string, number>();
  const reasons = new Set<string>();
  const unexpected: string[] = [];
  let children = 0;
  let settled = { used: 0, resident: 0 };
  const measure = async () => ({ used: await memoryInUse(), resident: residentBytes() });
  taken = 0;
  let told = 0;
  const worker = async () => {
    while (taken - witness.answers < frames && children < mostChildren) {
      const seed = firstSeed + children;
      children += 1;
      const directory = `${root}/${seed}`;
      await mkdir(directory);
      const program = await supervisor.start({
        name: `seed ${seed}`,
        language: 'javascript',
        source: new Uint8Array(),
        args: [`${seed}`, `${framesOfChild}`],
        restrictions,
        directory,
        log: { write: () => undefined, close: async () => undefined },
      });
      const outcome = await program.outcome;
      const ending = endingOf(outcome);
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
      reasons.add(outcome.message.replace(/\d+/g, 'N'));
      if (ending === 'supervisor' || ending === 'refused') unexpected.push(`seed ${seed}: ${outcome.message}`);
      await rm(directory, { recursive: true, force: true });
      if (children === settledAfter) settled = await measure();
      if (taken > told + tellEvery) {
        told = taken;
        t.comment(`${taken} frames, ${children} children, ${Math.round((await memoryInUse()) / 1024)} KiB in use`);
      }
    }
  };
  await Promise.all(Array.from({ length: side }, worker));
  witness.look();

  t.ok(taken - witness.answers >= frames, `${taken} frames were taken`);
  t.same(unexpected, [], 'each child has an outcome that is its own doing');
  t.ok((endings.get('crashed') ?? 0) > children / 3, 'most broke the protocol or died');
  t.ok(reasons.size > 5, `in ${reasons.size} ways`);
  t.equal(witness.program.state, 'running', 'another program runs');
  t.ok(witness.mostWorkMs < mostWorkMs, 'and was served throughout', { mostWorkMs: witness.mostWorkMs });
  const now = await measure();
  t.ok(now.used - settled.used < mostGrowth, 'the memory in use has not grown', { settled, now });
  t.ok(now.resident - settled.resident < mostResidentGrowth, 'nor has the resident', { settled, now });
  t.same(await settledState(witness.pid, before), before, 'descriptors, groups and processes are as before');
  const kib = (bytes: number) => Math.round(bytes / 1024);
  t.comment(
    `${taken} frames of ${children} children: ${[...endings].map(([name, count]) => `${count} ${name}`).join(', ')}`,
  );
  t.comment(
    `in use: ${kib(now.used - settled.used)} KiB more than after ${settledAfter} children, resident ${kib(now.resident - settled.resident)} KiB`,
  );
  t.comment(
    `the witness had ${witness.answers} answers; its longest wait was ${Math.round(witness.longestGapMs)} ms, ${Math.round(witness.mostWorkMs)} of work`,
  );
  for (const reason of reasons) t.comment(reason);
});
