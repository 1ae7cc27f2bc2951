import type { Attack } from '../../attack.js';

export default {
  aim: 'fills maps and sets with entries of great number',
  language: 'javascript',
  source: `
const m = new Map();
for (let i = 0; ; i++) m.set(i, new Set([i]));
`,
  ends: ['limit memory', 'uncaught', 'stopped'],
  stopAfterMs: 4000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
