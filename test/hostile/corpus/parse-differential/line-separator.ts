import type { Attack } from '../../attack.js';

export default {
  aim: "ends a comment by U+2028, which not every parser takes for a line's end",
  language: 'javascript',
  source: `
// eval('1'); log('ESCAPED');
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
