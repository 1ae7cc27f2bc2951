import type { Attack } from '../../attack.js';

export default {
  aim: 'computes an integer of absurd size',
  language: 'javascript',
  source: `
let n = 3n; try { for (;;) n = n * n; } catch (e) { log(e.name); }
`,
  ends: ['uncaught', 'limit memory', 'stopped'],
  stopAfterMs: 3000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
