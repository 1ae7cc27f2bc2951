import type { Attack } from '../../attack.js';

export default {
  aim: 'makes texts of large integers without end',
  language: 'javascript',
  source: `
const x = 7n ** 20000n;
const kept = [];
for (;;) kept.push((x + BigInt(kept.length)).toString(3) + kept.length);
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
