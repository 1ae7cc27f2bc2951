import type { Attack } from '../../attack.js';

export default {
  aim: 'names the global object',
  language: 'javascript',
  source: `
globalThis.process.exit(0);
`,
  ends: ['unsafe'],
  reports: /globalThis/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
