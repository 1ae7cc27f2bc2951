import type { Attack } from '../../attack.js';

export default {
  aim: 'draws random bytes faster than its rate',
  language: 'javascript',
  source: `
for (;;) await randombytes();
`,
  ends: ['stopped', 'limit memory', 'uncaught'],
  stopAfterMs: 500,
  untouched: ['host files', 'directory'],
} satisfies Attack;
