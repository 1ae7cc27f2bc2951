import type { Attack } from '../../attack.js';

export default {
  aim: 'fills memory with buffers outside of the heap',
  language: 'javascript',
  source: `
const kept = [];
for (;;) kept.push(new Uint8Array(1 << 20).fill(1));
`,
  ends: ['limit memory', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
