/**
 * The hostile corpus: every attack runs in one yard, beside a well-behaved program that must be served all the while. Afterwards
 * the supervisor holds exactly what it held before.
 */
import '../support/untapped.js';
import { mkdir } from 'node:fs/promises';
import t from 'tap';
import { Supervisor } from '../../supervisor/index.js';
import { lacks } from '../launch/support.js';
import { virtual } from '../support/virtual.js';
import type { Attack } from './attack.js';
import { loadCorpus } from './corpus.js';
import { readHostState, residentBytes, settledState } from './host-state.js';
import { endingOf, Stage } from './stage.js';
import { Witness } from './witness.js';

/** At once; the witness's share of two cores stays. */
const side = 4;
/** Measured: 40 ms. Its turn comes after one turn of each that waits, and what the test itself does in between is in it, too. */
const mostWorkMs = virtual === undefined ? 1000 : 20_000;

/** One that may end in any way, whose log and report nobody reads, would pass whatever it did. */
const canFail = ({ source, ends, logs, reports }: Attack): boolean =>
  /ESCAPED/.test(source) || logs !== undefined || reports !== undefined || !ends.includes('exited');

t.test('the hostile corpus', { skip: lacks, timeout: 800_000 }, async (t) => {
  const root = t.testdir();
  const supervisor = await Supervisor.open({ allowDegraded: false });
  t.teardown(() => supervisor.close());
  const corpus = await loadCorpus();
  const stage = new Stage(supervisor, root);
  await stage.open();
  t.teardown(() => stage.close());
  // Every class that an attack runs in: its zygote is there before and after.
  await Promise.all([15_000_000, 200_000_000, 400_000_000].map((memory) => supervisor.warm(memory)));
  await mkdir(`${root}/witness`);
  const witness = await Witness.start(supervisor, `${root}/witness`);
  witness.reset();
  const before = readHostState(witness.pid);
  const rssBefore = residentBytes();

  const contained = new Map<string, number>();
  const queue = [...corpus];
  const worker = async () => {
    for (let attack = queue.shift(); attack !== undefined; attack = queue.shift()) {
      const answers = witness.answers;
      const { failures, outcome, log } = await stage.run(attack);
      const ok = failures.length === 0;
      t.ok(ok, `${attack.kind}/${attack.name} [${attack.language}]: ${endingOf(outcome)}`, {
        aim: attack.aim,
        failures,
        log: log.slice(0, 2000),
        report: outcome.report ?? '',
        answersMeanwhile: witness.answers - answers,
      });
      if (ok) contained.set(attack.kind, (contained.get(attack.kind) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: side }, worker));

  t.ok(corpus.length >= 335, `${corpus.length} attacks`);
  t.same(
    corpus.filter((attack) => !canFail(attack)).map(({ kind, name }) => `${kind}/${name}`),
    [],
    'each could fail',
  );
  witness.look();
  t.equal(witness.program.state, 'running', 'the witness runs');
  t.ok(witness.mostWorkMs < mostWorkMs, `the witness was served within ${mostWorkMs} ms of work`, {
    mostWorkMs: witness.mostWorkMs,
  });
  t.same(await settledState(witness.pid, before), before, 'descriptors, groups and processes are as before');
  t.ok(residentBytes() - rssBefore < 150 << 20, 'the supervisor has not grown beyond what garbage explains');

  for (const kind of new Set(corpus.map((attack) => attack.kind))) {
    const all = corpus.filter((attack) => attack.kind === kind).length;
    t.comment(`${kind}: ${contained.get(kind) ?? 0} of ${all} contained`);
  }
  t.comment(
    `the witness had ${witness.answers} answers; its longest wait was ${Math.round(witness.longestGapMs)} ms, ${Math.round(witness.mostWorkMs)} of work`,
  );
});
