import type { Attack } from '../../attack.js';

export default {
  aim: 'keeps every match of a pattern with groups',
  language: 'javascript',
  source: `
const kept = [];
const pattern = /(?<a>x)(?<b>y)?/g;
for (;;) kept.push([..."xyx".repeat(1000).matchAll(pattern)]);
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
