import type { Attack } from '../../attack.js';

export default {
  aim: 'writes import with an escape so that a word filter misses it',
  language: 'javascript',
  source: String.raw`
im\u0070ort('node:fs').then(() => log('ESCAPED'));
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
