import type { Attack } from '../../attack.js';

export default {
  aim: 'hides a forbidden name in an enum that the compiler of types rewrites',
  language: 'typescript',
  source: `
enum E { a = (globalThis as any).process }
log('ESCAPED ' + E.a);
`,
  ends: ['unsafe', 'uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
