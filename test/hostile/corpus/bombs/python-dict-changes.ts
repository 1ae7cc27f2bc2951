import type { Attack } from '../../attack.js';

export default {
  aim: 'changes a dictionary while it is walked',
  language: 'python',
  source: `
d = {1: 1, 2: 2}
try:
  for k in d:
    d[k + 100] = 1
    del d[k]
except RuntimeError:
  log("RuntimeError")
`,
  ends: ['exited', 'uncaught'],
  logs: /^(RuntimeError)?$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
