import type { Attack } from '../../attack.js';

export default {
  aim: 'keeps the engine in a regular expression that backtracks for ever',
  language: 'javascript',
  source: `
/^(a+)+$/.test('a'.repeat(60) + 'b');
`,
  ends: ['stopped'],
  stopAfterMs: 300,
  untouched: ['host files', 'directory'],
} satisfies Attack;
