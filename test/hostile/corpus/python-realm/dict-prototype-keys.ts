import type { Attack } from '../../attack.js';

export default {
  aim: "finds keys of the engine's objects in an empty dictionary, or plants some there",
  language: 'python',
  source: `
d = {}
log("constructor" in d, "toString" in d, d.has_key("valueOf"))
proto = "_" + "_proto_" + "_"
d[proto] = {"polluted": 1}
if {}.has_key("polluted"):
  log("ESCAPED")
log(len(d))
`,
  ends: ['exited'],
  logs: /^False False False 1$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
