import type { Attack } from '../../attack.js';

export default {
  aim: 'closes function and call, should the wrapper be an expression',
  language: 'javascript',
  source: `
})(); process.exit(); (async () => {
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
