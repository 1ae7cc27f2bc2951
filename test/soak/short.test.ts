/** The short form of `make soak`: programs that end at once, in all languages, good and hostile, some of them killed at their limits. */
import '../support/untapped.js';
import t from 'tap';
import { loadCorpus } from '../hostile/corpus.js';
import { lacks } from '../launch/support.js';
import { goodPrograms } from './good-programs.js';
import { judge, slope } from './judge.js';
import { soak } from './soak.js';

const programs = 240;
/** Those of the corpus that take no time; and of those that do, one that the kernel kills at its memory limit and one that a call ends. */
const quickKinds = ['host-realm', 'python-realm', 'siblings', 'paths'];
const killed = ['memory-buffers', 'disk'];

t.test('nothing grows', { skip: lacks, timeout: 800_000 }, async (t) => {
  const corpus = await loadCorpus();
  const quick = corpus.filter(({ kind, stopAfterMs }) => quickKinds.includes(kind) && stopAfterMs === undefined);
  const last = corpus.filter(({ name }) => killed.includes(name));
  t.equal(last.length, killed.length);
  const mixture = Array.from({ length: 40 }, (_, i) => [
    goodPrograms[i % goodPrograms.length]!,
    quick[(i * 7) % quick.length]!,
    ...(i % 10 === 0 ? [last[(i / 10) % 2]!] : []),
  ]).flat();
  const { samples, failures } = await soak({ programs, batch: 15, mixture, root: t.testdir() });
  t.same([...new Set(failures)], [], `${programs} programs ended as they should`);
  // Over so few programs code that is still being compiled is 1.5 kB each: a leaked program with its session is more.
  const tolerance = { usedPerProgram: 6000, residentPerProgram: 60_000, zygoteKib: 2048, zygotes: 3 };
  const { faults, figures } = judge(samples, tolerance);
  t.same(faults, []);
  t.comment(JSON.stringify(figures));
});

t.test('the judge', async (t) => {
  const sample = (programs: number, used: number) => ({ programs, used, resident: 0 });
  const noise = [0, 9e6, -3e6, 1e6, 0, 2e6, -1e6, 5e6, 0, 1e6];
  const rising = (step: number) => noise.map((off, i) => sample(i * 100, 20e6 + off + i * 100 * step));
  t.ok(Math.abs(slope(rising(0), 'used')) < 2500, 'sees through noise');
  t.ok(slope(rising(20_000), 'used') > 17_500, 'and sees a leak of 20 kB a program in it');
});
