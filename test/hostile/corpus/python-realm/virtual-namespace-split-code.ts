import type { Attack } from '../../attack.js';

export default {
  aim: 'makes unsafe code for a virtual namespace out of pieces',
  language: 'python',
  source: `
u = "_" + "_"
code = "log(()." + u + "class" + u + ")"
try:
  createvirtualnamespace(code, "x").evaluate({"log": log})
  log("ESCAPED")
except CodeUnsafeError:
  log("refused")
`,
  ends: ['exited', 'uncaught'],
  logs: /^refused$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
