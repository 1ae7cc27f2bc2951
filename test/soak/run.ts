/** `make soak [PROGRAMS=5000]`: the whole corpus and good programs in turn; a line for each batch, then the verdict. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCorpus } from '../hostile/corpus.js';
import { goodPrograms } from './good-programs.js';
import { judge } from './judge.js';
import { soak } from './soak.js';

const programs = Number(process.argv[2] ?? 5000);
if (!Number.isInteger(programs) || programs < 200) {
  console.error('usage: make soak [PROGRAMS=NUMBER], at least 200');
  process.exit(2);
}
const corpus = await loadCorpus();
// A good one after each attack.
const mixture = corpus.flatMap((attack, i) => [attack, goodPrograms[i % goodPrograms.length]!]);
const root = mkdtempSync(join(tmpdir(), 'soak-'));
const began = Date.now();
console.log(`${programs} programs: ${corpus.length} attacks and ${goodPrograms.length} good ones in turn`);
console.log('programs  seconds  descriptors  groups  zygotes  in use kB  resident kB  zygote kB  failures');
try {
  const { samples, failures } = await soak({
    programs,
    batch: Math.min(100, Math.ceil(programs / 10)),
    mixture,
    root,
    onSample: (sample, failed) => {
      const cells = [
        sample.programs,
        Math.round((Date.now() - began) / 1000),
        sample.descriptors,
        sample.groups,
        sample.zygotes,
        Math.round(sample.used / 1024),
        Math.round(sample.resident / 1024),
        sample.zygoteKib,
        failed.length,
      ];
      const widths = [8, 9, 13, 8, 9, 11, 13, 11, 10];
      console.log(cells.map((cell, i) => String(cell).padStart(widths[i]!)).join(''));
    },
  });
  const { faults, figures } = judge(samples, {
    usedPerProgram: 512,
    residentPerProgram: 8192,
    zygoteKib: 2048,
    zygotes: 5,
    // Measured: resident memory rises to 115 MB over so many programs, and by 4 MB over the next 6,000.
    settled: 2000,
  });
  console.log(JSON.stringify(figures));
  for (const fault of [...faults, ...new Set(failures)]) console.error(`FAILED ${fault}`);
  console.log(
    faults.length + failures.length === 0
      ? 'nothing grew'
      : `${faults.length} grew, ${failures.length} programs failed`,
  );
  process.exitCode = faults.length + failures.length === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
