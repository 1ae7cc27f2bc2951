import type { Attack } from '../../attack.js';

export default {
  aim: 'empties, fills and sorts a list from the functions that sort it',
  language: 'python',
  source: `
def tried(a, act):
  def key(x):
    act()
    return -x
  def order(x, y):
    act()
    return cmp(x, y)
  for by in [[None, key], [order, None]]:
    a[:] = range(300)
    try:
      a.sort(by[0], by[1])
      log("ESCAPED", a[:3])
    except ValueError, e:
      log(len(a), a == range(300) or a[0] + a[299] == 299)
a = []
def append():
  a.append(1)
def again():
  a.append("x")
  a.sort()
def begin():
  a.__init__([5])
for act in [append, again, begin]:
  tried(a, act)
`,
  ends: ['exited'],
  logs: /^(300 True ?){6}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
