import type { Attack } from '../../attack.js';

export default {
  aim: 'raises from the functions of a sort, deep ones too, and looks at what is left of the list',
  language: 'python',
  source: `
count = [0]
def key(x):
  count[0] += 1
  if count[0] % 150 == 0:
    raise KeyError("key")
  return x
def order(x, y):
  count[0] += 1
  if count[0] % 150 == 0:
    raise KeyError("cmp")
  return cmp(x, y)
def text(x, y):
  return "less"
def deep(x, y):
  return deep(x, y)
bad = 0
for backwards in [False, True]:
  for by in [[None, key], [order, None], [text, None], [deep, None]]:
    a = [3, 1, 2] * 100
    try:
      a.sort(by[0], by[1], backwards)
      log("ESCAPED")
    except (KeyError, TypeError, RuntimeError):
      pass
    ones = a.count(1)
    if len(a) != 300 or ones != 100 or a.count(2) != 100 or a.count(3) != 100:
      bad += 1
log(bad, count[0])
`,
  ends: ['exited'],
  logs: /^0 600$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
