import type { Attack } from '../../attack.js';

export default {
  aim: 'puts other values where a program computed with floats a thousand times',
  language: 'python',
  source: `
class E:
  def __str__(self): return "e"
def tree(a, b, c):
  x = a * b + c
  y = (a - b) * (c + 0.5) - x * 2.0
  if a > b:
    x = x - y
  return x + y * a
def turns(a, b, n):
  s = 0.5
  for i in range(n):
    s = s * a + b
    if s > 1e6:
      s = b
  return s
for i in range(3000):
  tree(i * 0.25, 1.5, 2.5)
turns(0.75, 1.25, 3000)
out = []
for v in [2, 2L, 2 ** 70, True]:
  out.append(tree(v, 1.5, 2.5) == tree(v * 1.0, 1.5, 2.5) or v)
refused = 0
for v in [None, "x", [1], (1,), {}, E(), E, len, tree]:
  for args in [(v, 1.5, 2.5), (1.5, v, 2.5), (1.5, 2.5, v)]:
    try:
      tree(*args)
      log("ESCAPED", args)
    except (TypeError, AttributeError):
      refused += 1
for v in [None, "x", {}]:
  try:
    turns(v, 1.5, 2)
    log("ESCAPED", v)
  except TypeError:
    refused += 1
log(refused, out, turns(2, 3, 5), turns(2L, 0, 2))
`,
  ends: ['exited'],
  logs: /^30 \[True, True, True, True\] 109\.0 2\.0$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
