import type { Attack } from '../../attack.js';

export default {
  aim: 'ends with an error whose report would be without end',
  language: 'javascript',
  source: `
const e = new Error('x'.repeat(5e6));
e.name = 'y'.repeat(5e6);
for (let i = 0; i < 1000; i += 1) e['k' + i] = 'z'.repeat(1000);
const f = new Function_();
function Function_() { throw Object.assign(e, { cause: e }); }
`,
  ends: ['uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
