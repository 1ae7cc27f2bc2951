import type { Attack } from '../../attack.js';

export default {
  aim: 'changes a set from what its operations walk over',
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

s = set(range(5))
def act(i):
  s.add(i + 100)
  if i == 2:
    s.clear()
out = []
for op in [s.union, s.intersection, s.difference, s.symmetric_difference, s.issubset, s.issuperset, s.update, s.intersection_update, s.symmetric_difference_update, s.difference_update]:
  v = op(It([1, 2, 3], act))
  if v is None:
    v = s
  if v is True or v is False:
    out.append(v)
  else:
    w = list(v)
    w.sort()
    out.append(w)
log(out)
s = set(range(100))
try:
  for x in s:
    s.add(x + 1000)
  log("ESCAPED")
except RuntimeError:
  log("refused")
`,
  ends: ['exited'],
  logs: /^\[\[0, 1, 2, 3, 4\], \[\], \[\], \[1, 2, 3\], True, False, \[3\], \[\], \[1, 2, 3\], \[\]\] refused$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
