import type { Attack } from '../../attack.js';

export default {
  aim: 'is stopped in the instant in which it starts',
  language: 'javascript',
  source: `
for (;;) await sleep(0.001);
`,
  ends: ['stopped'],
  stopAfterMs: 0,
  untouched: ['host files', 'directory'],
} satisfies Attack;
