import type { Attack } from '../../attack.js';

export default {
  aim: "drives the runtime's arithmetic over its edges",
  language: 'python',
  source: `
def attempt(f):
  try:
    return f()
  except Exception, e:
    return str(e)[:0] + "refused"
inf = 1e400
nan = inf - inf
huge = 2 ** 200
def a(): return 1 << huge
def b(): return "x" * huge
def c(): return range(huge)
def d(): return [0] * huge
def e(): return int(inf)
def f(): return int(nan)
def g(): return "%d" % inf
def h(): return "x"[huge]
def i(): return chr(huge)
def j(): return "x" % huge
def k(): return pow(2, huge, 0)
def l(): return 1 / 0
def m(): return 1 % 0
def n(): return "%*d" % (huge, 1)
def o(): return huge ** huge
def p(): return long("9" * 50, 37)
def q(): return hex(inf)
def r(): return xrange(huge)
for each in [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r]:
  if attempt(each) != "refused":
    log("ESCAPED", each)
log(len("abc"[-huge:huge]), {nan: 1}.has_key(nan))
`,
  ends: ['exited'],
  logs: /^3 True$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
