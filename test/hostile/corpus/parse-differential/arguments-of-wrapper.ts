import type { Attack } from '../../attack.js';

export default {
  aim: "reads the arguments of the function that the program is wrapped in, where the runtime's values are",
  language: 'javascript',
  source: `
log('ESCAPED ' + arguments.length);
`,
  ends: ['unsafe', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
