import type { Attack } from '../../attack.js';

export default {
  aim: 'overflows the stack',
  language: 'python',
  source: `
def f(n):
  return f(n + 1) + 1
f(0)
`,
  ends: ['uncaught'],
  reports: /RuntimeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
