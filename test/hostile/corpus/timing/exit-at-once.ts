import type { Attack } from '../../attack.js';

export default {
  aim: 'ends before the supervisor has noticed that it began',
  language: 'javascript',
  source: `
exitall();
`,
  ends: ['exitall'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
