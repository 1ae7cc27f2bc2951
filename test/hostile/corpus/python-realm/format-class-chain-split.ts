import type { Attack } from '../../attack.js';

export default {
  aim: "makes the format string of pieces so that no dunder is in the program's text",
  language: 'python',
  source: `
u = "_" + "_"
s = ("{0." + u + "class" + u + "." + u + "init" + u + ".func_globals}").format(1)
log("ESCAPED " + s)
`,
  ends: ['uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
