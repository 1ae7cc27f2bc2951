import type { Attack } from '../../attack.js';

export default {
  aim: 'overflows the stack',
  language: 'javascript',
  source: `
const f = () => f() + 1;
f();
`,
  ends: ['uncaught'],
  reports: /RangeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
