import type { Attack } from '../../attack.js';

export default {
  aim: 'assigns to every second element of a list what empties the list first',
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

a = range(10)
def empty(i):
  del a[:]
try:
  a[::2] = It([1, 2, 3, 4, 5], empty)
  log("ESCAPED", a)
except ValueError, e:
  log(str(e), len(a))
b = range(10)
def grow(i):
  b.extend([None, None])
try:
  b[::-2] = It([1, 2, 3, 4, 5], grow)
  log("ESCAPED", b)
except ValueError, e:
  log(str(e), len(b))
c = range(10)
def last(i):
  c.pop()
c[8::-4] = It([7, 8], last)
log(c)
`,
  ends: ['exited'],
  logs: /^attempt to assign sequence of size 5 to extended slice of size 0 0 attempt to assign sequence of size 5 to extended slice of size 10 20 \[0, 1, 2, 8, 4, 5, 6, 7\]$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
