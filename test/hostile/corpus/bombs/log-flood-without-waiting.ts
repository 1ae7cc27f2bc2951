import type { Attack } from '../../attack.js';

export default {
  aim: 'floods the log without waiting for answers',
  language: 'javascript',
  source: `
for (;;) log('x'.repeat(1000)).catch(() => {});
`,
  ends: ['stopped', 'limit memory', 'uncaught'],
  stopAfterMs: 1000,
  restrictions: ['lograte 10000'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
