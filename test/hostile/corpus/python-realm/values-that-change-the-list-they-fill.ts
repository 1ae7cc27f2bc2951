import type { Attack } from '../../attack.js';

export default {
  aim: 'changes a list while it takes values from guest code',
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

class L(list):
  pass
def neg(x):
  return -x
a = range(10)
def pop(i):
  a.pop()
a += It([1, 2, 3, 4, 5], pop)
log(a)
b = range(4)
def order(i):
  b.sort(key=neg)
b.extend(It([10, 20], order))
log(b)
c = range(4)
def empty(i):
  del c[:]
c[1:3] = It([5, 6], empty)
log(c)
d = [0]
def fail(i):
  if i == 2:
    raise KeyError("enough")
try:
  d.extend(It([1, 2, 3], fail))
except KeyError:
  log(d)
e = L([1])
e.extend(e)
e += e
log(e)
`,
  ends: ['exited'],
  logs: /^\[0, 1, 2, 3, 4, 5, 6, 7, 8, 5\] \[10, 3, 2, 1, 0, 20\] \[5, 6\] \[0, 1, 2\] \[1, 1, 1, 1\]$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
