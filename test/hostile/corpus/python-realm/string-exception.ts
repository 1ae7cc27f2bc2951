import type { Attack } from '../../attack.js';

export default {
  aim: 'raises what is no exception',
  language: 'python',
  source: `
raise "ESCAPED"[0:0]
`,
  ends: ['unsafe', 'uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
