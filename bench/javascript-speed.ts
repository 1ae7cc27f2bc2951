/**
 * Guest JavaScript against plain Node, same engine, side by side: the same CPU-bound program, which uses Math and other
 * globals in its hot loop, in alternating runs. Each run times its own loop, so start-up doesn't count.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { enginePath } from '../supervisor/launch/engine.js';
import { openYard, wideRestrictions } from '../test/support/yard.js';
import type { Report } from './report.js';
import { geometricMean, spread } from './statistics.js';

/** Each is a function body that returns a checksum; hot loops of 0.3 to 1 s. */
export const programs: Readonly<Record<string, string>> = {
  math: `
    let sum = 0;
    for (let i = 1; i < 2e7; i++) sum += Math.sqrt(i) * Math.abs(Math.sin(i)) + Math.max(i & 7, Math.min(3, i & 15)) + Math.floor(i / 3);
    return Math.round(sum);`,
  containers: `
    let total = 0;
    for (let round = 0; round < 60; round++) {
      const counts = new Map();
      const numbers = Array.from({ length: 20000 }, (_, i) => (i * 7919 + round) % 5003);
      for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1);
      total += [...counts.values()].reduce((a, b) => a + b, 0) + Number.parseInt(String(round), 10);
      total += Object.keys({ a: round, b: total }).length + (Array.isArray(numbers) ? 1 : 0);
    }
    return total;`,
  arrays: `
    const size = 300;
    const a = new Float64Array(size * size).map((_, i) => Math.cos(i)), b = new Float64Array(size * size).map((_, i) => Math.sin(i));
    const c = new Float64Array(size * size);
    for (let round = 0; round < 3; round++)
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += a[i * size + k] * b[k * size + j];
        c[i * size + j] = Math.fround(sum) + Math.hypot(i, j);
      }
    return Math.round(c.reduce((x, y) => x + y, 0));`,
  text: `
    let length = 0;
    for (let i = 0; i < 400000; i++) {
      const words = JSON.stringify({ id: i, name: 'guest ' + i }).split(',');
      length += words.join(';').length + String(i).padStart(9, '0').length + parseInt('7f', 16);
    }
    return length;`,
};

const rounds = 5;

export async function measure(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'repyard-bench-'));
  const yard = await openYard();
  try {
    const rows: (string | number)[][] = [];
    const medians: number[] = [];
    for (const [name, body] of Object.entries(programs)) {
      const plain = `const work = () => {${body}\n};\nwork();\nconst t = Date.now();\nconst sum = work();\nconsole.log((Date.now() - t) + ' ' + sum);\n`;
      const guest = plain.replace('console.log(', 'log(');
      const file = join(folder, `${name}.mjs`);
      await writeFile(file, plain);
      const ratios: number[] = [];
      const times: { plain: number[]; guest: number[] } = { plain: [], guest: [] };
      for (let round = 0; round < rounds; round++) {
        const [plainMs, plainSum] = (await execa(enginePath(), [file])).stdout.split(' ');
        const [guestMs, guestSum] = (await yard.output(guest, { restrictions: wideRestrictions })).split(' ');
        if (plainSum !== guestSum) throw new Error(`${name}: the guest computed ${guestSum}, plain Node ${plainSum}`);
        times.plain.push(Number(plainMs));
        times.guest.push(Number(guestMs));
        ratios.push(Number(plainMs) / Number(guestMs));
      }
      const speed = spread(ratios);
      medians.push(speed.median);
      rows.push([name, spread(times.plain).median, spread(times.guest).median, speed.median, speed.min, speed.max]);
    }
    const mean = geometricMean(medians);
    return {
      title: `JavaScript guests against plain Node, same engine, ${rounds} alternating runs`,
      columns: ['program', 'plain ms', 'guest ms', 'speed (median)', 'min', 'max'],
      rows,
      promises: [
        {
          what: "guest JavaScript runs at 0.95 or more of plain Node's speed",
          figure: mean.toFixed(3),
          kept: mean >= 0.95,
        },
      ],
    };
  } finally {
    await yard.close();
    await rm(folder, { recursive: true, force: true });
  }
}
