import type { Attack } from '../../attack.js';

export default {
  aim: 'compiles a string',
  language: 'python',
  source: `
compile("log('ESCAPED')", "x", "exec")
log("ESCAPED")
`,
  ends: ['unsafe', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
