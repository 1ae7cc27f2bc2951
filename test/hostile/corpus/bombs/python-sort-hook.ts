import type { Attack } from '../../attack.js';

export default {
  aim: 'changes a list while it is sorted',
  language: 'python',
  source: `
a = [3, 1, 2] * 100
def c(x, y):
  a.append(1)
  return cmp(x, y)
a.sort(c)
log("fine")
`,
  ends: ['uncaught'],
  reports: /ValueError/,
  stopAfterMs: 60_000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
