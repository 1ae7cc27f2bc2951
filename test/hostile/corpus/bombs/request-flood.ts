import type { Attack } from '../../attack.js';

export default {
  aim: 'sends requests without end, and never waits for the answers',
  language: 'javascript',
  source: `
for (;;) getresources();
`,
  ends: ['stopped', 'limit memory', 'uncaught'],
  stopAfterMs: 1000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
