import type { Attack } from '../../attack.js';

export default {
  aim: 'lets calls with keywords fail at every depth, and looks whether others get what they left',
  language: 'python',
  source: `
def kw(a=1, **k):
  return len(k)
def exact(a, b, **k):
  return len(k)
def deep(n, **k):
  x = deep(n + 1, z=n, y=n)
  return x
def down(n):
  try:
    return down(n + 1)
  except RuntimeError:
    return kw(**{"q": 1, "r": 2}) + 1000
left = 0
for i in range(20):
  try:
    deep(0, q=1)
  except RuntimeError:
    left += kw(5)
  try:
    down(0)
  except RuntimeError:
    pass
  left += kw(5)
  for bad in [{"a": 1}, {"c": 1}, {"a": 1, "b": 2, 5: 6}]:
    try:
      exact(1, **bad)
      log("ESCAPED", bad)
    except TypeError:
      left += kw(5)
  left += exact(1, 2)
log(left)
`,
  ends: ['exited'],
  logs: /^0$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
