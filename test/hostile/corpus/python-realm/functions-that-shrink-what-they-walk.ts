import type { Attack } from '../../attack.js';

export default {
  aim: 'shrinks a list from the functions that are called for its elements',
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
def odd(x):
  if len(a) > 3:
    a.pop()
  return x % 2
log(filter(odd, a), a)
b = range(10)
def same(x):
  if len(b) > 3:
    b.pop()
  return x
log(map(same, b))
c = range(10)
seen = []
for x in c:
  del c[5:]
  seen.append(x)
log(seen)
d = range(10)
def empty(i):
  del d[:]
log(zip(It([1, 2, 3], empty), d), max(It([3, 9], empty)), sum(It([1, 2], empty)))
n = 0
e = range(300)
for x in e:
  n += 1
  if n == 10:
    e[:] = range(2000)
  if n == 20:
    e.reverse()
  if n == 30:
    del e[100:]
log(n)
`,
  ends: ['exited'],
  logs: /^\[1, 3\] \[0, 1, 2, 3, 4\] \[0, 1, 2, 3, 4\] \[0, 1, 2, 3, 4\] \[\] 9 3 100$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
