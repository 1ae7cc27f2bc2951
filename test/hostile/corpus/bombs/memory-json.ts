import type { Attack } from '../../attack.js';

export default {
  aim: 'has JSON make a text of exponential size',
  language: 'javascript',
  source: `
let o = { a: 'x'.repeat(100) };
for (let i = 0; i < 25; i++) o = { a: o, b: o };
try { JSON.stringify(o); } catch (e) { log(e.name); }
`,
  ends: ['uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
