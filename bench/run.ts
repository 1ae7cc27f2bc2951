/**
 * Runs the benchmarks, all or those named, and prints each table as soon as it is there.
 * Exit status 1 if a promise of the specification is broken: a figure on a busy machine needs a second look, not a rerun until it is green.
 */
import { type Report, show } from './report.js';

/** Loaded when their turn comes, so that none pays for another's memory. */
const benchmarks: Readonly<Record<string, () => Promise<{ measure(): Promise<Report> }>>> = {
  start: () => import('./start.js'),
  'one-shot': () => import('./one-shot.js'),
  broker: () => import('./broker.js'),
  'idle-thousand': () => import('./idle-thousand.js'),
  limits: () => import('./limits.js'),
  network: () => import('./network.js'),
  rates: () => import('./rates.js'),
  api: () => import('./api.js'),
  python: () => import('./python.js'),
  'javascript-speed': () => import('./javascript-speed.js'),
  hardened: () => import('./hardened.js'),
  spawned: () => import('./spawned.js'),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
let broken = 0;
for (const [name, load] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`measuring ${name} ...\n`);
  const report = await (await load()).measure();
  console.log(show(report));
  broken += report.promises.filter(({ kept }) => !kept).length;
}
if (broken > 0) {
  console.error(`${broken} promise(s) of SPECIFICATION.md not kept on this run`);
  process.exitCode = 1;
}
