import type { Attack } from '../../attack.js';

export default {
  aim: "asks the format method for the engine's own property names",
  language: 'python',
  source: `
for name in ["constructor", "prototype", "toString", "valueOf", "callee"]:
  try:
    log("ESCAPED " + ("{0." + name + "}").format("x"))
  except AttributeError:
    log("none")
`,
  ends: ['uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
