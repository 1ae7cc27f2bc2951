import type { Attack } from '../../attack.js';

export default {
  aim: "finds the engine's properties by the keys of format strings",
  language: 'python',
  source: `
for key in ["constructor", "_" + "_proto_" + "_", "toString", "length"]:
  try:
    log("ESCAPED " + ("%(" + key + ")s") % {})
  except KeyError:
    log("none")
  try:
    log("ESCAPED " + ("{" + key + "}").format())
  except (KeyError, AttributeError, ValueError):
    log("none")
`,
  ends: ['exited', 'uncaught'],
  logs: /^(none ?)+$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
