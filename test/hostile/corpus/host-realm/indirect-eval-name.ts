import type { Attack } from '../../attack.js';

export default {
  aim: 'evaluates a string by an eval of another name',
  language: 'javascript',
  source: `
const run = (0, eval);
run('1');
log('ESCAPED');
`,
  ends: ['unsafe'],
  reports: /eval/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
