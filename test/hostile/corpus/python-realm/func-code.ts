import type { Attack } from '../../attack.js';

export default {
  aim: "replaces a function's code",
  language: 'python',
  source: `
def f(): pass
def g(): pass
f.func_code = g.func_code
log("ESCAPED")
`,
  ends: ['unsafe'],
  reports: /func_code/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
