import type { Attack } from '../../attack.js';

export default {
  aim: 'fills memory with promises that nobody awaits',
  language: 'javascript',
  source: `
const all = [];
for (;;) all.push(new Promise((r) => all.push(r)).then(() => all));
`,
  ends: ['limit memory', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
