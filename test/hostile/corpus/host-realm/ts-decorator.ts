import type { Attack } from '../../attack.js';

export default {
  aim: 'has a decorator, syntax that the checker of the emitted code may not know, run code',
  language: 'typescript',
  source: `
function d(target: any, context: any) { log('ESCAPED'); }
@d class C {}
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
