import type { Attack } from '../../attack.js';

export default {
  aim: 'tries to leave strict mode by what looks like a directive',
  language: 'javascript',
  source: `
'use sloppy';
var x = 010;
log(x === 8 ? 'ESCAPED' : 'fine');
`,
  ends: ['unsafe', 'exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
