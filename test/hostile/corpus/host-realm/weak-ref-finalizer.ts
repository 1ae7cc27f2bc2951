import type { Attack } from '../../attack.js';

export default {
  aim: "runs code from a finalizer, outside of the program's jobs",
  language: 'javascript',
  source: `
new FinalizationRegistry(() => log('ESCAPED')).register({}, 1);
`,
  ends: ['unsafe'],
  reports: /FinalizationRegistry/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
