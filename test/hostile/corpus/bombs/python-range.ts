import type { Attack } from '../../attack.js';

export default {
  aim: 'makes a list of a thousand million numbers',
  language: 'python',
  source: `
x = range(10 ** 9)
log("ESCAPED")
`,
  ends: ['uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
