import type { Attack } from '../../attack.js';

export default {
  aim: 'never yields',
  language: 'javascript',
  source: `
for (;;);
`,
  ends: ['stopped'],
  stopAfterMs: 200,
  untouched: ['host files', 'directory'],
} satisfies Attack;
