import type { Attack } from '../../attack.js';

export default {
  aim: 'makes a precise clock of shared memory',
  language: 'javascript',
  source: `
const clock = new SharedArrayBuffer(8);
log('ESCAPED');
`,
  ends: ['unsafe'],
  reports: /SharedArrayBuffer/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
