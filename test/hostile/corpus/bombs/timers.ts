import type { Attack } from '../../attack.js';

export default {
  aim: 'sets more timers than anybody could need',
  language: 'javascript',
  source: `
for (;;) setTimeout(() => {}, 1e6);
`,
  ends: ['stopped', 'limit memory', 'uncaught'],
  stopAfterMs: 3000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
