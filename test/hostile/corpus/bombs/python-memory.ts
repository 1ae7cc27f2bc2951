import type { Attack } from '../../attack.js';

export default {
  aim: 'fills memory with lists',
  language: 'python',
  source: `
a = []
while True:
  a.append([1] * 1000)
`,
  ends: ['limit memory', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
