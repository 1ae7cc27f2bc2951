import type { Attack } from '../../attack.js';

export default {
  aim: "asks for a buffer larger than the host's memory",
  language: 'javascript',
  source: `
for (const n of [2 ** 40, 2 ** 33, 2 ** 31]) { try { new ArrayBuffer(n); log('ESCAPED'); } catch (e) { log(e.name); } }
`,
  ends: ['exited', 'uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
