import type { Attack } from '../../attack.js';

export default {
  aim: 'evaluates a string',
  language: 'python',
  source: `
eval("log('ESCAPED')")
`,
  ends: ['unsafe', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
