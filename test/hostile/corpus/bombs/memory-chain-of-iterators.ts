import type { Attack } from '../../attack.js';

export default {
  aim: 'stacks iterators on iterators',
  language: 'javascript',
  source: `
let it = [1].values();
for (;;) it = it.map((x) => x);
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
