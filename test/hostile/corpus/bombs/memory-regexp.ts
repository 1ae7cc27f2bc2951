import type { Attack } from '../../attack.js';

export default {
  aim: 'has the regular expression compiler take memory',
  language: 'javascript',
  source: `
try { new RegExp('(?:a?){1000}'.repeat(200) + '{1000}').test('a'.repeat(1000)); } catch (e) { log(e.name); }
new RegExp(Array.from({ length: 20000 }, (_, i) => \`(a\${i})\`).join('|')).test('b');
`,
  ends: ['limit memory', 'uncaught', 'stopped'],
  stopAfterMs: 3000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
