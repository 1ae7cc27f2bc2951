import type { Attack } from '../../attack.js';

export default {
  aim: 'passes its disk limit in the moment in which it exits',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
const p = f.writeat('x'.repeat(1000000), 0);
exitall();
`,
  ends: ['exitall', 'limit diskused'],
  untouched: ['host files'],
} satisfies Attack;
