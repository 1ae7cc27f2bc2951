import type { Attack } from '../../attack.js';

export default {
  aim: 'compares and shows structures that contain themselves or nest without end',
  language: 'python',
  source: `
a = []
a.append(a)
b = []
b.append(b)
log(repr(a))
c = []
for i in range(100000):
  c = [c]
def compare():
  return a == b
def show():
  return repr(c)
def nested():
  return c == c[0]
refused = 0
for f in [compare, show, nested]:
  try:
    f()
  except RuntimeError:
    refused += 1
log(refused > 0)
`,
  ends: ['exited', 'limit memory'],
  logs: /^\[\[\.\.\.\]\]( True)?$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
