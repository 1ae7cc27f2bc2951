import type { Attack } from '../../attack.js';

export default {
  aim: 'looks for another realm by the functions that make one',
  language: 'javascript',
  source: `
for (const get of [() => structuredClone, () => globalThis]) {}
`,
  ends: ['unsafe'],
  reports: /structuredClone/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
