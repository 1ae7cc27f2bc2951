import type { Attack } from '../../attack.js';

export default {
  aim: 'breaks out of a comment that the compiler might emit',
  language: 'python',
  source: `
# */ process.exit(); /*
log("fine")
`,
  ends: ['exited'],
  logs: /^fine$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
