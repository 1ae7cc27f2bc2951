import type { Attack } from '../../attack.js';

export default {
  aim: 'lists what there is by vars, dir, globals and locals',
  language: 'python',
  source: `
for f in [vars, dir, globals, locals]:
  log("ESCAPED", f())
`,
  ends: ['unsafe', 'uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
