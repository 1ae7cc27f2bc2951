import type { Attack } from '../../attack.js';

export default {
  aim: 'closes the function that the program is wrapped in, and goes on outside of it',
  language: 'javascript',
  source: `
}; log('ESCAPED'); {
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
