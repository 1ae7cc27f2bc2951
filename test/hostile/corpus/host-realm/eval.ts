import type { Attack } from '../../attack.js';

export default {
  aim: 'evaluates a string',
  language: 'javascript',
  source: `
eval('log("ESCAPED")');
`,
  ends: ['unsafe'],
  reports: /eval/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
