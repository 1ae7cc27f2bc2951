import type { Attack } from '../../attack.js';

export default {
  aim: "reads the host's and the engine's names in a virtual namespace",
  language: 'python',
  source: `
for name in ["process", "globalThis", "constructor", "log", "openfile", "toString", "arguments", "R", "K", "Q", "A", "P", "undefined"]:
  try:
    createvirtualnamespace("seen = " + name, "x").evaluate({})
    log("ESCAPED", name)
  except Exception, e:
    log("none")
`,
  ends: ['exited'],
  logs: /^(none ?){13}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
