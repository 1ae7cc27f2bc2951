import type { Attack } from '../../attack.js';

export default {
  aim: 'reads a forbidden attribute by getattr and a name made at run time',
  language: 'python',
  source: `
u = "_" + "_"
log("ESCAPED", getattr(1, u + "class" + u))
`,
  ends: ['unsafe', 'uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
