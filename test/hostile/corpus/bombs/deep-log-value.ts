import type { Attack } from '../../attack.js';

export default {
  aim: 'has the runtime walk a value without end',
  language: 'javascript',
  source: `
let a = []; for (let i = 0; i < 1e5; i++) a = [a];
try { console.log(a); } catch (e) { log(e.name); }
const c = {}; c.c = c; console.log(c);
`,
  ends: ['uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
