import type { Attack } from '../../attack.js';

export default {
  aim: "captures the runtime's values by default arguments and comprehensions",
  language: 'python',
  source: `
fs = []
for i in range(3):
  def f(i=i):
    return i
  fs.append(f)
if [f() for f in fs] != [0, 1, 2]:
  log("ESCAPED")
log("fine")
`,
  ends: ['exited'],
  logs: /^fine$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
