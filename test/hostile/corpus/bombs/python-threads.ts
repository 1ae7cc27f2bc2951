import type { Attack } from '../../attack.js';

export default {
  aim: 'starts threads without end',
  language: 'python',
  source: `
def f():
  sleep(100)
n = 0
try:
  while n < 10000:
    createthread(f)
    n += 1
  log("ESCAPED")
except ResourceExhaustedError:
  log(n)
exitall()
`,
  ends: ['exitall'],
  logs: /^9$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
