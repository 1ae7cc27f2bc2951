import type { Attack } from '../../attack.js';

export default {
  aim: 'keeps exceptions and their classes where results in a try stand for exceptions',
  language: 'python',
  source: `
held = ValueError("held")
class E(Exception):
  pass
d = {"k": held, "c": E, 1: held}
l = [held, E]
def give(v):
  return v
def maybe(v):
  if v is None:
    raise E("none")
  return v
out = []
try:
  x = d["k"]
  out.append(x is held)
  x = l[0]
  out.append(x is held)
  x = give(held)
  out.append(x is held)
  x = maybe(held)
  out.append(x is held)
  x = maybe(E)
  out.append(x is E)
  x = d["c"]
  out.append(x is E)
  y = [0]
  y[0] = maybe(None)
  log("ESCAPED")
except E, e:
  out.append(str(e))
def outside():
  z = maybe(None)
  log("ESCAPED", z)
try:
  outside()
except E, e:
  out.append(e is not held and y == [0])
for value in [map(give, [held]), filter(maybe, [held])]:
  out.append(value[0] is held)
log(out)
`,
  ends: ['exited'],
  logs: /^\[True, True, True, True, True, True, 'none', True, True, True\]$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
