import type { Attack } from '../../attack.js';

export default {
  aim: 'puts a scope object between the program and its names',
  language: 'javascript',
  source: `
with ({ log: 1 }) { log('ESCAPED'); }
`,
  ends: ['unsafe'],
  reports: /with|strict/i,
  untouched: ['host files', 'directory'],
} satisfies Attack;
