import type { Attack } from '../../attack.js';

export default {
  aim: 'names the module of built-ins',
  language: 'python',
  source: `
log("ESCAPED", __builtins__)
`,
  ends: ['unsafe', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
