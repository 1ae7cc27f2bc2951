import type { Attack } from '../../attack.js';

export default {
  aim: 'calls the methods that functions of the engine have',
  language: 'python',
  source: `
def f():
  return 1
def a():
  return f.call
def b():
  return f.apply
def c():
  return f.caller
def d():
  return f.arguments
for get in [a, b, c, d]:
  try:
    log("ESCAPED", get())
  except AttributeError:
    log("none")
`,
  ends: ['uncaught', 'unsafe', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
