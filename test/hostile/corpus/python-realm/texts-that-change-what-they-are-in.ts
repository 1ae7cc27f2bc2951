import type { Attack } from '../../attack.js';

export default {
  aim: 'empties lists and dicts while their texts are made',
  language: 'python',
  source: `
a = range(10)
class S:
  def __str__(self):
    del a[:]
    return "s"
  def __repr__(self):
    del a[:]
    return "r"
a[2] = S()
log(repr(a), len(a))
a.extend([1, S(), 3])
log(str(a), len(a))
d = {}
class D:
  def __repr__(self):
    d.clear()
    for i in range(100):
      d[i] = i
    return "d"
d["a"] = D()
d["b"] = D()
log(repr(d).count("d"), len(d))
t = "%s %s" % (S(), S())
log(t)
`,
  ends: ['exited'],
  logs: /^\[0, 1, r\] 0 \[1, r\] 0 1 100 s s$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
