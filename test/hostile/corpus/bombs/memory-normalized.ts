import type { Attack } from '../../attack.js';

export default {
  aim: 'has texts normalized, which the engine does outside of its heap',
  language: 'javascript',
  source: String.raw`
const text = "\u1e9b\u0323".repeat(1 << 18);
const kept = [];
for (;;) kept.push(text.normalize("NFKD") + kept.length);
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
