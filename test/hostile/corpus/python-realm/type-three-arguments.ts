import type { Attack } from '../../attack.js';

export default {
  aim: 'makes a class by type(name, bases, dict) with forbidden attributes',
  language: 'python',
  source: `
u = "_" + "_"
C = type("C", (object,), {u + "getattribute" + u: lambda self, n: 1})
log("ESCAPED", C().anything)
`,
  ends: ['unsafe', 'uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
