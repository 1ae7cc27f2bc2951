import type { Attack } from '../../attack.js';

export default {
  aim: 'sets an interval that is always due',
  language: 'javascript',
  source: `
setInterval(() => {}, 0);
`,
  ends: ['stopped'],
  stopAfterMs: 200,
  untouched: ['host files', 'directory'],
} satisfies Attack;
