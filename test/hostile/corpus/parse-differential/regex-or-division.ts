import type { Attack } from '../../attack.js';

export default {
  aim: 'writes code that one parser reads as a regular expression and another as divisions',
  language: 'javascript',
  source: `
let a = 1, g = 1;
a = a++ /eval('log("ESCAPED")')/g;
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
