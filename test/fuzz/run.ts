/**
 * `make fuzz [SECONDS=60] [TARGET=name] [SEED=number] [RUNS=number]`: rounds of all targets in turn, each round from a seed of its own,
 * until the time is over. With RUNS, one round of so many runs. A failure prints how to repeat it.
 */
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { enginePath } from '../../supervisor/launch/engine.js';
import { targets } from './targets.js';

const { FUZZ_SECONDS = '60', FUZZ_TARGET: TARGET, FUZZ_SEED: SEED, FUZZ_RUNS: RUNS } = process.env;
const pinnedMark = 'REPYARD_FUZZ_PINNED';

if (process.env[pinnedMark] === undefined) {
  // The checker is for the pinned engine's syntax: so that engine runs all of it.
  const self = fileURLToPath(import.meta.url);
  const run = await execa(enginePath(), [self], { stdio: 'inherit', reject: false, env: { [pinnedMark]: '1' } });
  process.exit(run.exitCode ?? 1);
}

const all = targets(true);
const chosen = Object.entries(all).filter(([name]) => TARGET === undefined || TARGET === '' || name === TARGET);
if (chosen.length === 0) {
  console.error(`no target ${TARGET}; there are: ${Object.keys(all).join(', ')}`);
  process.exit(2);
}
const number = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);
const firstSeed = number(SEED) ?? randomInt(1e9);
const until = Date.now() + Number(FUZZ_SECONDS) * 1000;
const done = new Map(chosen.map(([name]) => [name, 0]));
let failures = 0;
let told = Date.now();
console.log(`seed ${firstSeed}; ${chosen.map(([name]) => name).join(', ')}`);

for (let round = 0; ; round += 1) {
  for (const [name, target] of chosen) {
    const [seed, runs] = [firstSeed + round, number(RUNS) ?? target.runs];
    try {
      await target.fuzz(seed, runs);
    } catch (error) {
      failures += 1;
      console.error(`FAILED ${name}: ${error instanceof Error ? error.message : String(error)}`);
      console.error(`to repeat: make fuzz TARGET=${name} SEED=${seed} RUNS=${runs}`);
    }
    done.set(name, (done.get(name) ?? 0) + runs);
    if (Date.now() > told + 10_000) {
      told = Date.now();
      console.log(`${Math.max(0, Math.round((until - told) / 1000))} s left, round ${round + 1}, ${failures} failures`);
    }
  }
  if (RUNS || Date.now() > until || failures > 20) break;
}
for (const [name, runs] of done) console.log(`${name}: ${runs} runs`);
console.log(`${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
