import type { Attack } from '../../attack.js';

export default {
  aim: "says what only the engine's own tests may say",
  language: 'javascript',
  source: `
%DebugPrint(log);
`,
  ends: ['unsafe'],
  reports: /Unexpected token in line 2/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
