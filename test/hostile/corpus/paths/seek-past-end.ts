import type { Attack } from '../../attack.js';

export default {
  aim: 'makes a file with holes, or reads before its start',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
for (const at of [1, 2 ** 53, -1, NaN]) try { await f.writeat('x', at); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  leaves: ['a'],
  logs: /^(\w+Error ?){4}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
