import type { Attack } from '../../attack.js';

export default {
  aim: 'crosses its memory limit in the instant in which it is stopped',
  language: 'javascript',
  source: `
const kept = [];
for (;;) kept.push(new Uint8Array(1 << 18).fill(1));
`,
  ends: ['stopped', 'limit memory', 'uncaught'],
  stopAfterMs: 30,
  untouched: ['host files', 'directory'],
} satisfies Attack;
