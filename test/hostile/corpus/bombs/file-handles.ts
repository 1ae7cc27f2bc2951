import type { Attack } from '../../attack.js';

export default {
  aim: 'opens thousands of files',
  language: 'javascript',
  source: `
let n = 0;
const kept = [];
try { for (; n < 5000; n++) kept.push(await openfile('f' + n, true)); log('ESCAPED'); } catch (e) { log(e.name + ' ' + n); }
`,
  ends: ['exited'],
  logs: /^ResourceExhaustedError 5$/,
  leaves: ['f0', 'f1', 'f2', 'f3', 'f4'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
