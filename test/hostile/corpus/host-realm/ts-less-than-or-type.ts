import type { Attack } from '../../attack.js';

export default {
  aim: 'writes what is a comparison in one language and type arguments in the other',
  language: 'typescript',
  source: `
const log2 = 1, process2 = 2;
const r = log < log2 > (process2);
log(typeof r);
`,
  ends: ['exited'],
  logs: /^2 object$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
