import type { Attack } from '../../attack.js';

export default {
  aim: "says what only the engine's own tests may say, behind a type",
  language: 'typescript',
  source: `
const x: number = 1;
(%GetOptimizationStatus(log) as number);
`,
  ends: ['unsafe'],
  reports: /Unexpected token in line 3/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
