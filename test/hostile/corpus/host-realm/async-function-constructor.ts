import type { Attack } from '../../attack.js';

export default {
  aim: 'makes code of a string by the constructor of async functions',
  language: 'javascript',
  source: `
try { await (async () => {}).constructor('return 1')(); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /TypeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
