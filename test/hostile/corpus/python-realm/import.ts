import type { Attack } from '../../attack.js';

export default {
  aim: 'imports a module',
  language: 'python',
  source: `
import os
os.system("id")
log("ESCAPED")
`,
  ends: ['unsafe'],
  reports: /[Ii]mport/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
