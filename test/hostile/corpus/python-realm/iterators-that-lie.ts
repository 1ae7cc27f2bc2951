import type { Attack } from '../../attack.js';

export default {
  aim: 'gives the runtime texts and iterators that lie, never end or fail',
  language: 'python',
  source: `
class Lies:
  def __init__(self):
    self.n = 0
  def __iter__(self):
    return self
  def next(self):
    self.n += 1
    if self.n > 5:
      return self
    raise ValueError("no end")
  def __str__(self):
    return 5
  def __repr__(self):
    return None
class Iterates:
  def __iter__(self):
    return 5
refused = 0
l = Lies()
def a(): return str(l)
def b(): return repr(l)
def c(): return "%s" % l
def d(): return list(l)
def e(): return [x for x in Iterates()]
def f(): return "".join(l)
def g(): return repr([l])
def h(): return dict(l)
for each in [a, b, c, d, e, f, g, h]:
  try:
    each()
    log("ESCAPED", each)
  except (TypeError, ValueError), error:
    refused += 1
log(refused)
`,
  ends: ['exited'],
  logs: /^8$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
