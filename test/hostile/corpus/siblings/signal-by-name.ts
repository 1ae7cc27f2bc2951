import type { Attack } from '../../attack.js';

export default {
  aim: 'signals another process',
  language: 'javascript',
  source: `
process.kill(1, 9);
`,
  ends: ['unsafe'],
  reports: /process/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
