/** RepyV2's customary memory: what a program can do in a loop for long, beside a live set of a fifth of it. */
import t from 'tap';
import { narrowRestrictions, openYard, type TestYard } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard();
});
t.teardown(() => yard?.close());

/** About 3 MB. */
const live = {
  javascript: 'const live = Array.from({ length: 18000 }, (_, i) => ({ i, list: [i, i, i, i, i, i, i, i] }));\n',
  python: 'live = []\nfor i in range(18000):\n  live.append([i, i, i, i, i, i, i, i])\n',
} as const;
const loops = {
  javascript: {
    'reads of a megabyte': `const f = await openfile('a', true); await f.writeat('x'.repeat(1_000_000), 0);
      for (let n = 0; n < 30; n++) if ((await f.readat(null, 0)).length !== 1_000_000) throw new Error('short');`,
    'writes of half a megabyte': `const f = await openfile('a', true); for (let n = 0; n < 60; n++) await f.writeat('x'.repeat(500_000) + n, n % 7);`,
    'small calls': `for (let n = 0; n < 1000; n++) { (await openfile('a', true)).close(); try { await openfile('..', true); } catch {} await randombytes(); }`,
  },
  python: {
    'reads of a megabyte':
      "f = openfile('a', True)\nf.writeat('x' * 1000000, 0)\nfor n in range(30):\n  if len(f.readat(None, 0)) != 1000000:\n    raise Exception('short')\n",
    'writes of half a megabyte':
      "f = openfile('a', True)\nfor n in range(60):\n  f.writeat('x' * 500000 + str(n), n % 7)\n",
    'small calls':
      "for n in range(1000):\n  openfile('a', True).close()\n  try:\n    openfile('..', True)\n  except RepyArgumentError:\n    pass\n  randombytes()\n",
  },
} as const;

for (const language of ['javascript', 'python'] as const) {
  for (const [kind, loop] of Object.entries(loops[language])) {
    t.test(`${language}: ${kind}`, async (t) => {
      const name = language === 'python' ? 'guest.r2py' : 'guest.js';
      const program = await yard.start(live[language] + loop, { language, name, restrictions: narrowRestrictions });
      const { reason, message, report = '', usage } = await program.outcome;
      t.equal(reason, 'exited', `${message} ${report}, peak ${usage.memoryPeakBytes}`);
    });
  }
}
