import type { Attack } from '../../attack.js';

export default {
  aim: 'never returns while its own error report is being made',
  language: 'javascript',
  source: `
throw { get name() { for (;;); }, get message() { for (;;); }, get stack() { for (;;); }, toString() { for (;;); } };
`,
  ends: ['uncaught', 'stopped'],
  stopAfterMs: 300,
  untouched: ['host files', 'directory'],
} satisfies Attack;
