import type { Attack } from '../../attack.js';

export default {
  aim: 'doubles a string until memory is full, and flattens it',
  language: 'javascript',
  source: `
let s = 'x';
try { for (;;) { s += s; if (s.length > 1e8) s.charCodeAt(s.length - 1); } } catch (e) { const all = []; for (;;) all.push((s + all.length).split('')); }
`,
  ends: ['limit memory', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
