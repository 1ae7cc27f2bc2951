import type { Attack } from '../../attack.js';

export default {
  aim: 'has the engine keep promises without end',
  language: 'javascript',
  source: `
const kept = [];
for (;;) kept.push(Promise.resolve(1).then(() => kept.length));
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
