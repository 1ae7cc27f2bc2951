import type { Attack } from '../../attack.js';

export default {
  aim: 'uses await in default parameters, read differently with and without arguments',
  language: 'javascript',
  source: `
async (x = await eval('1')) => x;
log('ESCAPED');
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
