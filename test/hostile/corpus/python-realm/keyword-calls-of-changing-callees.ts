import type { Attack } from '../../attack.js';

export default {
  aim: 'calls functions, methods and classes of other signatures at one place by keywords',
  language: 'python',
  source: `
def ab(a, b=2): return ("ab", a, b)
def ba(b, a=3): return ("ba", b, a)
def a_only(a): return ("a", a)
def rest(a, **k): return ("rest", a, len(k))
def many(b=1, c=2, d=3, a=4): return ("many", b, c, d, a)
class C:
  def __init__(self, a, b=7):
    self.v = ("C", a, b)
  def m(self, b=8, a=9):
    return ("m", b, a)
  def n(a, self): return ("n", self)
class D(object):
  def __init__(self, b=5, a=6):
    self.v = ("D", b, a)
def make(default):
  def inner(a, b=default): return ("inner", a, b)
  return inner
def of(v):
  if isinstance(v, (C, D)): return v.v
  return v
out = []
c = C(0)
callees = [ab, ba, a_only, rest, many, C, c.m, D, C.m, len, 5, make(1), make(2), dict, c.n, None]
for turn in range(3):
  row = []
  for f in callees:
    try:
      row.append(of(f(a="A")))
    except (TypeError, AttributeError), e:
      row.append("no")
  out.append(row)
log(out[0] == out[1] and out[1] == out[2], out[0])
`,
  ends: ['exited'],
  logs: /^True \[\('ab', 'A', 2\), 'no', \('a', 'A'\), \('rest', 'A', 0\), \('many', 1, 2, 3, 'A'\), \('C', 'A', 7\), \('m', 8, 'A'\), \('D', 5, 'A'\), 'no', 'no', 'no', \('inner', 'A', 1\), \('inner', 'A', 2\), \{'a': 'A'\}, 'no', 'no'\]$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
