import type { Attack } from '../../attack.js';

export default {
  aim: 'has the supervisor make exceptions as fast as it can',
  language: 'javascript',
  source: `
for (;;) openfile('none', false).catch(() => {});
`,
  ends: ['stopped', 'limit memory', 'uncaught'],
  stopAfterMs: 1000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
