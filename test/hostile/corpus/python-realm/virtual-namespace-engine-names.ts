import type { Attack } from '../../attack.js';

export default {
  aim: "names the engine's globals in a virtual namespace, which are undefined names in Python",
  language: 'python',
  source: `
for name in ["process", "globalThis", "Function", "Object", "require", "arguments", "this", "undefined"]:
  try:
    createvirtualnamespace("x = " + name, "x").evaluate({})
    log("ESCAPED", name)
  except Exception, e:
    log("refused;")
`,
  ends: ['exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
