import type { Attack } from '../../attack.js';

export default {
  aim: 'is stopped in the instant in which it exits',
  language: 'javascript',
  source: `
await sleep(0.005);
`,
  ends: ['stopped', 'exited'],
  logs: /^$/,
  stopAfterMs: 5,
  untouched: ['host files', 'directory'],
} satisfies Attack;
