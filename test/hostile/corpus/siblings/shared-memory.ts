import type { Attack } from '../../attack.js';

export default {
  aim: 'makes memory that another program or thread could see',
  language: 'javascript',
  source: `
new SharedArrayBuffer(8);
`,
  ends: ['unsafe'],
  reports: /SharedArrayBuffer/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
