import type { Attack } from '../../attack.js';

export default {
  aim: 'asks for one array of absurd length',
  language: 'javascript',
  source: `
for (const n of [2 ** 32 - 1, 2 ** 31, 1e9]) { try { new Array(n).fill(0); log('ESCAPED'); } catch (e) { log(e.name); } }
`,
  ends: ['exited', 'uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
