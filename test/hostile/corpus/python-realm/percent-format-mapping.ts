import type { Attack } from '../../attack.js';

export default {
  aim: "has the percent format look up a key of the engine's prototypes",
  language: 'python',
  source: `
for name in ["constructor", "hasOwnProperty", "__proto__"]:
  try:
    log("ESCAPED " + (("%(" + name + ")s") % {}))
  except KeyError:
    log("none")
`,
  ends: ['exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
