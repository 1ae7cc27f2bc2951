import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { CircularLog, circularLogBytes } from '../../supervisor/cli/circular-log.js';

const size = circularLogBytes;

function numbered(length: number, from = 0): Buffer {
  const lines = Array.from(
    { length: Math.ceil(length / 16) + 1 },
    (_, line) => `${String(from + line).padStart(15, '0')}\n`,
  );
  return Buffer.from(lines.join('')).subarray(0, length);
}

async function logged(prefix: string, ...writes: readonly Uint8Array[]): Promise<void> {
  const log = await CircularLog.open(prefix);
  await Promise.all(writes.map((bytes) => log.write(bytes)));
  await log.close();
}

function lengths(prefix: string): (number | undefined)[] {
  return ['old', 'new'].map((part) => {
    const path = `${prefix}.${part}`;
    return existsSync(path) ? readFileSync(path).byteLength : undefined;
  });
}

// [bytes of each write, bytes of .old, bytes of .new], as RepyV2 was seen to do.
const seen: readonly (readonly [readonly number[], number, number | undefined])[] = [
  [[1024], 1024, undefined],
  [[1024, 1024], 2048, undefined],
  [[16384], 16384, undefined],
  [[16384, 16], 16384, 16],
  [Array.from({ length: 2500 }, () => 16), 16384, 7232],
  [[20000], 16384, 3616],
  [[33000], 16384, 232],
  [[50000], 16384, 848],
  [[32768], 16384, 16384],
  [[100, 50000], 16384, 948],
  // RepyV2 leaves .old empty and all of it in .new here.
  [[49152], 16384, 16384],
];

for (const [index, [writes, older, newer]] of seen.entries()) {
  t.test(`writes of ${writes.slice(0, 3).join(', ')} bytes`, async (t) => {
    const prefix = join(t.testdir(), `log${index}`);
    await logged(prefix, ...writes.map((length) => numbered(length)));
    t.same(lengths(prefix), [older, newer]);
  });
}

t.test('a second run goes on where the first stopped', async (t) => {
  const prefix = join(t.testdir(), 'log');
  await logged(prefix, numbered(1024));
  await logged(prefix, numbered(1024));
  t.same(lengths(prefix), [2048, undefined]);
  await logged(prefix, numbered(40000));
  t.same(lengths(prefix), [16384, (2048 + 40000) % size]);
  await logged(prefix, numbered(16));
  t.same(lengths(prefix), [16384, ((2048 + 40000) % size) + 16]);
});

t.test('a lone .new becomes .old', async (t) => {
  const prefix = join(t.testdir({ 'log.new': 'x|' }), 'log');
  await logged(prefix, Buffer.from('y|'));
  t.equal(readFileSync(`${prefix}.old`, 'latin1'), 'x|');
  t.equal(readFileSync(`${prefix}.new`, 'latin1'), 'y|');
});

t.test('the two files together end with what was written last', async (t) => {
  const directory = t.testdir();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 * size }), { maxLength: 5 }), async (writes) => {
      const prefix = join(directory, `run${run++}`);
      const pieces = writes.map((length, index) => numbered(length, index * 1_000_000));
      await logged(prefix, ...pieces);
      const kept = Buffer.concat([read(`${prefix}.old`), read(`${prefix}.new`)]);
      const all = Buffer.concat(pieces);
      t.ok(kept.equals(all.subarray(all.byteLength - kept.byteLength)));
      t.ok(kept.byteLength >= Math.min(all.byteLength, size) && kept.byteLength <= 2 * size);
    }),
    { numRuns: 30, seed: 7 },
  );
});

t.test('a directory that is not there is an error', async (t) => {
  await t.rejects(CircularLog.open(join(t.testdir(), 'none', 'log')), { code: 'ENOENT' });
});

t.test('a file in the way is left alone', async (t) => {
  const directory = t.testdir();
  writeFileSync(join(directory, 'log'), 'mine');
  await logged(join(directory, 'log'), Buffer.from('x'));
  t.equal(readFileSync(join(directory, 'log'), 'latin1'), 'mine');
});

function read(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}
