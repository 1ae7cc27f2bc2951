import type { Attack } from '../../attack.js';

export default {
  aim: "reads the engine's constructor as an attribute of a value",
  language: 'python',
  source: `
for value in [1, "x", [], {}, log]:
  try:
    log("ESCAPED", value.constructor)
  except AttributeError:
    log("none")
`,
  ends: ['uncaught', 'unsafe', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
