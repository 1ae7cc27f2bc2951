import type { Attack } from '../../attack.js';

export default {
  aim: "makes the zygote's heap dirty and large for those who are forked next",
  language: 'javascript',
  source: `
const kept = [];
for (let i = 0; i < 200; i += 1) kept.push(new Array(1000).fill(i));
log(kept.length);
`,
  ends: ['exited'],
  logs: /^200$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
