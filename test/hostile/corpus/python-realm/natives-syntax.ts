import type { Attack } from '../../attack.js';

export default {
  aim: "says what only the engine's own tests may say",
  language: 'python',
  source: `
%DebugPrint(1)
`,
  ends: ['unsafe'],
  reports: /SyntaxError|invalid syntax/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
