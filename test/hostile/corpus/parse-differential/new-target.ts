import type { Attack } from '../../attack.js';

export default {
  aim: 'asks what the wrapper was called with',
  language: 'javascript',
  source: `
log(new.target === undefined ? 'fine' : 'ESCAPED');
`,
  ends: ['unsafe', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
