import type { Attack } from '../../attack.js';

export default {
  aim: 'uses HTML-like comments, code to one parser and a comment to another',
  language: 'javascript',
  source: `
let x = 1
<!-- x = 2; eval('1')
log('ESCAPED');
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
