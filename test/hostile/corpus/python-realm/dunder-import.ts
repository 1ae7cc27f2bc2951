import type { Attack } from '../../attack.js';

export default {
  aim: 'imports a module by the built-in function',
  language: 'python',
  source: `
log("ESCAPED", __import__("os"))
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
