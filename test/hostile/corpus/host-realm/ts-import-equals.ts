import type { Attack } from '../../attack.js';

export default {
  aim: "requires a module by TypeScript's own syntax",
  language: 'typescript',
  source: `
import fs = require('fs');
log('ESCAPED ' + fs);
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
