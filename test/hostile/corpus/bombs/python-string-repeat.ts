import type { Attack } from '../../attack.js';

export default {
  aim: 'repeats a string beyond memory',
  language: 'python',
  source: `
s = "x" * (10 ** 12)
log("ESCAPED")
`,
  ends: ['uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
