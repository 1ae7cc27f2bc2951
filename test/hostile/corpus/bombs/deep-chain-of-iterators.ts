import type { Attack } from '../../attack.js';

export default {
  aim: 'asks the last of many stacked iterators, which asks them all',
  language: 'javascript',
  source: `
let it = [1].values();
for (let i = 0; i < 20000; i++) it = it.map((x) => x + 1);
try {
  log('ESCAPED', it.next().value);
} catch (error) {
  log(error.name);
}
`,
  ends: ['exited'],
  logs: /^RangeError$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
