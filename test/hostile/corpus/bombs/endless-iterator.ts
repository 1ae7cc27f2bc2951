import type { Attack } from '../../attack.js';

export default {
  aim: 'hands an endless iterator to functions that collect',
  language: 'javascript',
  source: `
Array.from({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) });
`,
  ends: ['stopped', 'limit memory', 'uncaught'],
  stopAfterMs: 2000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
