import type { Attack } from '../../attack.js';

export default {
  aim: 'turns a large dict of ints into a general one while it is walked',
  language: 'python',
  source: `
def ints(n):
  d = {}
  for i in range(n):
    d[i] = i
  return d
def add(d): d["x"] = 1
def delete(d): del d[50]
def fraction(d): d[0.5] = 1
def wide(d): d[2 ** 40] = 1
def clear(d): d.clear()
def popped(d): d.popitem()
def merged(d): d.update({"y": 1})
def default(d): d.setdefault(None, 1)
for act in [add, delete, fraction, wide, clear, popped, merged, default]:
  d = ints(200)
  n = 0
  try:
    for k in d:
      n += 1
      if n == 5:
        act(d)
    log("ESCAPED", n)
  except RuntimeError:
    pass
  for walk in [d.iteritems(), d.itervalues()]:
    pass
  if act != clear and (d[0 + 100] != 100 or d[100L] != 100 or d[100.0] != 100 or len(d.keys()) != len(d)):
    log("ESCAPED", len(d))
d = ints(200)
view = d.iteritems()
view.next()
del d[50]
d["z"] = 1
n = 0
for k, v in view:
  n += 1
log(n, len(d), d["z"])
`,
  ends: ['exited'],
  logs: /^198 200 1$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
