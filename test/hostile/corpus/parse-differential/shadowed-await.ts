import type { Attack } from '../../attack.js';

export default {
  aim: 'uses await as a name, which one goal of the grammar allows',
  language: 'javascript',
  source: `
const await = 1;
log('ESCAPED');
`,
  ends: ['unsafe', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
