import type { Attack } from '../../attack.js';

export default {
  aim: 'replaces a function of the API for the rest of the runtime',
  language: 'python',
  source: `
setattr(log, "func_code", 1)
log("ESCAPED")
`,
  ends: ['unsafe', 'uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
