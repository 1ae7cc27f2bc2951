import type { Attack } from '../../attack.js';

export default {
  aim: 'learns paths of the host by import.meta',
  language: 'javascript',
  source: `
log('ESCAPED ' + import.meta.url);
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
