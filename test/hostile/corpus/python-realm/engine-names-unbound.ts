import type { Attack } from '../../attack.js';

export default {
  aim: 'reads a name of the engine that the program never bound',
  language: 'python',
  source: `
log("ESCAPED", process)
`,
  ends: ['uncaught'],
  reports: /NameError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
