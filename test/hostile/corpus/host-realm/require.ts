import type { Attack } from '../../attack.js';

export default {
  aim: 'requires a module of the host',
  language: 'javascript',
  source: `
require('child_process').execSync('id');
log('ESCAPED');
`,
  ends: ['unsafe'],
  reports: /require/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
