import type { Attack } from '../../attack.js';

export default {
  aim: 'joins a sparse array of great length',
  language: 'javascript',
  source: `
const a = []; a.length = 2 ** 27; try { a.join('xxxxxxxxxxxxxxxx'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^RangeError$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
