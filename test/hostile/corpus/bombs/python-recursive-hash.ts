import type { Attack } from '../../attack.js';

export default {
  aim: 'overflows the stack by hash and comparison of nested tuples',
  language: 'python',
  source: `
t = ()
for i in range(100000):
  t = (t,)
try:
  hash(t)
  t == (t,)
  log("fine")
except RuntimeError:
  log("RuntimeError")
`,
  ends: ['uncaught', 'exited', 'limit memory'],
  logs: /^(fine|RuntimeError)?$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
