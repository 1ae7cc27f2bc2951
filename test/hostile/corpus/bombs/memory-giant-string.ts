import type { Attack } from '../../attack.js';

export default {
  aim: "repeats and pads strings to the engine's bound",
  language: 'javascript',
  source: `
try { const s = 'ab'.repeat(2 ** 28); log(s.length > 1e10 ? 'ESCAPED' : 'rope'); s.indexOf('c'); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
