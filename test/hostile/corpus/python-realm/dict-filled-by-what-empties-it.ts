import type { Attack } from '../../attack.js';

export default {
  aim: 'empties a dict from what it is filled with',
  language: 'python',
  source: `
class It:
  def __init__(self, items, act):
    self.items = items
    self.i = 0
    self.act = act
  def __iter__(self):
    return self
  def next(self):
    if self.i >= len(self.items):
      raise StopIteration()
    self.act(self.i)
    self.i += 1
    return self.items[self.i - 1]

d = {}
for i in range(100):
  d[i] = i
def act(i):
  d.clear()
  d["new"] = i
d.update(It([(1, 2), (3, 4)], act))
e = dict(It([(1, 2), (3, 4)], act))
f = dict.fromkeys(It([1, 2], act), 5)
class M:
  def keys(self):
    d.clear()
    return It([1, 2], act)
log(len(d), d["new"], e, f)
try:
  d.update(M())
  log("ESCAPED")
except AttributeError:
  log("refused")
`,
  ends: ['exited'],
  logs: /^1 1 \{1: 2, 3: 4\} \{1: 5, 2: 5\} refused$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
