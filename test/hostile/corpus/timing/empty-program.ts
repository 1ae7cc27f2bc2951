import type { Attack } from '../../attack.js';

export default {
  aim: 'has nothing to run',
  language: 'javascript',
  source: `

`,
  ends: ['exited'],
  logs: /^$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
