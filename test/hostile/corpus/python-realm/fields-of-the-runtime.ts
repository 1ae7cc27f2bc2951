import type { Attack } from '../../attack.js';

export default {
  aim: "reads the fields that the runtime's values have inside as attributes",
  language: 'python',
  source: `def f0(x): return x.a
def f1(x): return x.n
def f2(x): return x.v
def f3(x): return x.G
def f4(x): return x.H
def f5(x): return x.I
def f6(x): return x.L
def f7(x): return x.S
def f8(x): return x.exc
def f9(x): return x.length
def f10(x): return x.push
def f11(x): return x.plain
def f12(x): return x.generator
def f13(x): return x.tick
def f14(x): return x.constructor
def f15(x): return x.prototype
def f16(x): return x.call
def f17(x): return x.apply
def f18(x): return x.bind
def f19(x): return x.toString
def f20(x): return x.valueOf
def f21(x): return x.size
def f22(x): return x.has
def f23(x): return x.name
def f24(x): return x.then
def f25(x): return x.caller
def f26(x): return x.callee
def f27(x): return x.arguments
def f28(x): return x.m
def f29(x): return x.x

class C:
  pass
class D(object):
  pass
def function(): pass
values = [1, 2 ** 70, 1.5, "x", [], (), {}, set(), None, True, C, C(), D, D(), function, log, openfile, createlock(), Exception, Exception("y")]

found = 0
for f in [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23, f24, f25, f26, f27, f28, f29]:
  for value in values:
    try:
      f(value)
      found += 1
    except AttributeError:
      pass
log("found", found)
`,
  ends: ['exited'],
  logs: /^found 0$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
