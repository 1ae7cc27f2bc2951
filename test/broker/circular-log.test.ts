import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { CircularLog } from '../../supervisor/broker/circular-log.js';
import { properties } from '../protocol/arbitraries.js';

/** `count` bytes of a stream in which every four bytes differ, from `from` on. */
function stream(from: number, count: number): Buffer {
  const bytes = Buffer.alloc(count);
  for (let i = 0; i < count; i += 1) bytes[i] = (((from + i) >> 2) * 2654435761) >>> (8 * ((from + i) & 3));
  return bytes;
}

async function run(prefix: string, ...writes: readonly Uint8Array[]): Promise<void> {
  const log = await CircularLog.open(prefix);
  for (const bytes of writes) await log.write(bytes);
  await log.close();
}

const read = (path: string): Buffer | undefined => (existsSync(path) ? readFileSync(path) : undefined);

/** What RepyV2's two files hold after the first `total` bytes. */
function expected(total: number): { old: Buffer; fresh: Buffer | undefined } {
  if (total <= 16384) return { old: stream(0, total), fresh: undefined };
  const begin = Math.floor((total - 1) / 16384) * 16384;
  return { old: stream(begin - 16384, 16384), fresh: stream(begin, total - begin) };
}

// The sizes that were observed with RepyV2, and its fault at a multiple of 16384, where these are the sizes of many small writes.
for (const [total, old, fresh] of [
  [1024, 1024, undefined],
  [16384, 16384, undefined],
  [16384 + 16, 16384, 16],
  [20000, 16384, 3616],
  [32768, 16384, 16384],
  [33000, 16384, 232],
  [40000, 16384, 7232],
  [49152, 16384, 16384],
  [50000, 16384, 848],
] as const) {
  t.test(`one write of ${total}`, async (t) => {
    const prefix = `${t.testdir({})}/lg`;
    await run(prefix, stream(0, total));
    t.equal(read(`${prefix}.old`)?.length, old);
    t.equal(read(`${prefix}.new`)?.length, fresh);
  });
}

t.test('how the output is cut into writes makes no difference', async (t) => {
  const directory = t.testdir({});
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 6 }),
      fc.nat(5),
      async (sizes, restart) => {
        runs += 1;
        const prefix = `${directory}/${runs}`;
        let total = 0;
        const writes = sizes.map((size) => {
          total += size;
          return stream(total - size, size);
        });
        await run(prefix, ...writes.slice(0, restart));
        await run(prefix, ...writes.slice(restart));
        const { old, fresh } = expected(total);
        return (
          read(`${prefix}.old`)!.equals(old) &&
          (read(`${prefix}.new`) ?? Buffer.alloc(0)).equals(fresh ?? Buffer.alloc(0))
        );
      },
    ),
    { ...properties, numRuns: 60 },
  );
  t.ok(runs > 0);
});

t.test('writes that are not awaited keep their order', async (t) => {
  const prefix = `${t.testdir({})}/lg`;
  const log = await CircularLog.open(prefix);
  let waits = 0;
  for (let at = 0; at < 200_000; at += 1000) if (log.write(stream(at, 1000)) !== undefined) waits += 1;
  await log.close();
  const { old, fresh } = expected(200_000);
  t.ok(read(`${prefix}.old`)?.equals(old));
  t.ok(fresh !== undefined && read(`${prefix}.new`)?.equals(fresh));
  t.ok(waits > 0, 'beyond the bound a writer is told to wait');
});

t.test('restart: only .new exists', async (t) => {
  const directory = t.testdir({ 'lg.new': 'x\n' });
  await run(`${directory}/lg`, Buffer.from('y\n'));
  t.equal(readFileSync(`${directory}/lg.old`, 'utf8'), 'x\n');
  t.equal(readFileSync(`${directory}/lg.new`, 'utf8'), 'y\n');
});

t.test('restart: both exist', async (t) => {
  const directory = t.testdir({ 'lg.old': 'old', 'lg.new': 'new' });
  await run(`${directory}/lg`, Buffer.from(' more'));
  t.equal(readFileSync(`${directory}/lg.old`, 'utf8'), 'old');
  t.equal(readFileSync(`${directory}/lg.new`, 'utf8'), 'new more');
});

t.test('a planted link or directory is refused', async (t) => {
  const directory = t.testdir({ victim: 'keep' });
  symlinkSync('victim', `${directory}/lg.old`);
  await t.rejects(CircularLog.open(`${directory}/lg`), { code: 'ELOOP' });
  t.equal(readFileSync(`${directory}/victim`, 'utf8'), 'keep');
  mkdirSync(`${directory}/dir.old`);
  await t.rejects(CircularLog.open(`${directory}/dir`));
});

t.test('a failure is told to whoever writes next', async (t) => {
  const directory = t.testdir({});
  const log = await CircularLog.open(`${directory}/lg`);
  mkdirSync(`${directory}/lg.new`);
  await t.rejects(Promise.resolve(log.write(stream(0, 100_000))), { code: 'EISDIR' });
  await t.rejects(Promise.resolve(log.write(stream(0, 1))), { code: 'EISDIR' });
  await log.close();
  writeFileSync(`${directory}/done`, '');
});
