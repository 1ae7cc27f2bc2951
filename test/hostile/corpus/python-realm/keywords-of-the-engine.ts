import type { Attack } from '../../attack.js';

export default {
  aim: "passes keyword arguments and makes classes by the engine's property names",
  language: 'python',
  source: `
def f(constructor=1, prototype=2, **rest):
  keys = rest.keys()
  keys.sort()
  return constructor, prototype, keys
proto = "_" + "_proto_" + "_"
log(f(constructor=5, toString=1, valueOf=2), f(**{proto: {"polluted": 1}})[2] == [proto])
class C:
  constructor = 1
  toString = 2
  valueOf = 3
  hasOwnProperty = 4
c = C()
log(c.constructor + c.toString + c.valueOf + c.hasOwnProperty)
try:
  log("ESCAPED", {}.polluted)
except AttributeError:
  log("none")
`,
  ends: ['exited'],
  logs: /^\(5, 2, \['toString', 'valueOf'\]\) True 10 none$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
