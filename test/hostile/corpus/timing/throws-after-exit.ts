import type { Attack } from '../../attack.js';

export default {
  aim: 'goes on after exitall, so that two ends are reported',
  language: 'javascript',
  source: `
try { exitall(); } finally { await log('ESCAPED'); throw new Error('late'); }
`,
  ends: ['exited', 'exitall', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
