import type { Attack } from '../../attack.js';

export default {
  aim: 'keeps the engine in the conversion of a large integer to text',
  language: 'javascript',
  source: `
const n = 2n ** 20000000n; String(n).length;
for (;;) String(n);
`,
  ends: ['stopped', 'uncaught'],
  stopAfterMs: 300,
  untouched: ['host files', 'directory'],
} satisfies Attack;
