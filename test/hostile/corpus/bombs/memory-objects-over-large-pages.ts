import type { Attack } from '../../attack.js';

export default {
  aim: 'fills a heap on large pages with objects of every size',
  language: 'javascript',
  source: `
const kept = [];
for (let i = 0; ; i++) {
  kept.push(new Array(i % 5000).fill(i), { i, text: 'k' + i }, new Float64Array(i % 300));
  if (i % 3 === 0) kept[i >> 1] = undefined;
}
`,
  ends: ['limit memory'],
  restrictions: ['memory 400000000', 'cpu 1'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
