import type { Attack } from '../../attack.js';

export default {
  aim: 'executes a string',
  language: 'python',
  source: `
exec "log('ESCAPED')"
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
