import type { Attack } from '../../attack.js';

export default {
  aim: 'fills memory with small objects',
  language: 'javascript',
  source: `
const kept = [];
for (;;) kept.push({ n: kept.length, list: [kept.length] });
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
