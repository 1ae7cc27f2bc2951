import type { Attack } from '../../attack.js';

export default {
  aim: 'uses sloppy-mode function semantics to smuggle a binding',
  language: 'javascript',
  source: `
{ function log2() { return 1; } }
log(typeof log2 === 'function' ? 'ESCAPED' : 'fine');
`,
  ends: ['unsafe', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
