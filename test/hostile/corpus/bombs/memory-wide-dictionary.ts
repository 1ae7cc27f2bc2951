import type { Attack } from '../../attack.js';

export default {
  aim: 'gives one object more names than any has',
  language: 'javascript',
  source: `
const all = {};
for (let i = 0; ; i++) all["k" + i] = i;
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
