import type { Attack } from '../../attack.js';

export default {
  aim: 'imports a module of the host by a declaration',
  language: 'javascript',
  source: `
import fs from 'node:fs';
log('ESCAPED');
`,
  ends: ['unsafe'],
  reports: /import/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
