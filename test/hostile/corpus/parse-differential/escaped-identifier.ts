import type { Attack } from '../../attack.js';

export default {
  aim: 'writes a forbidden name with escapes',
  language: 'javascript',
  source: String.raw`
log('ESCAPED ' + pr\u006fcess.pid);
`,
  ends: ['unsafe'],
  reports: /process/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
