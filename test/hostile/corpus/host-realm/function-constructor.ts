import type { Attack } from '../../attack.js';

export default {
  aim: 'makes code of a string by the constructor that every function inherits',
  language: 'javascript',
  source: `
try { (() => {}).constructor('return this')(); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /TypeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
