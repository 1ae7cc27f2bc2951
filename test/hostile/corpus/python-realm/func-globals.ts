import type { Attack } from '../../attack.js';

export default {
  aim: 'reads the globals of a function',
  language: 'python',
  source: `
def f(): pass
log("ESCAPED", f.func_globals)
`,
  ends: ['unsafe'],
  reports: /func_globals/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
