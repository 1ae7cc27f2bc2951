import type { Attack } from '../../attack.js';

export default {
  aim: 'registers symbols without end',
  language: 'javascript',
  source: `
for (let i = 0; ; i++) Symbol.for("s" + i);
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
