import type { Attack } from '../../attack.js';

export default {
  aim: 'computes a number with more digits than memory holds',
  language: 'python',
  source: `
x = 10 ** (10 ** 9)
log("ESCAPED")
`,
  ends: ['uncaught', 'limit memory', 'stopped'],
  stopAfterMs: 2000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
