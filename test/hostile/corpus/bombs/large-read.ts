import type { Attack } from '../../attack.js';

export default {
  aim: 'asks for more bytes than there are, and than memory holds',
  language: 'javascript',
  source: `
const f = await openfile('a', false);
for (const n of [1e9, 2 ** 31, 2 ** 53]) try { const got = await f.readat(n, 0); log(got.length === 1000 ? 'fine' : 'ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught'],
  leaves: ['a'],
  planted: { a: { file: 'x'.repeat(1000) } },
  untouched: ['host files', 'directory'],
} satisfies Attack;
