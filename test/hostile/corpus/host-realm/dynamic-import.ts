import type { Attack } from '../../attack.js';

export default {
  aim: 'imports a module of the host',
  language: 'javascript',
  source: `
const fs = await import('node:fs');
log('ESCAPED');
`,
  ends: ['unsafe'],
  reports: /import/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
