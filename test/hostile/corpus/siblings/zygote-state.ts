import type { Attack } from '../../attack.js';

export default {
  aim: "leaves something in the engine's shared heap for the next program that is forked",
  language: 'javascript',
  source: `
const marks = [Symbol.for('mark'), 'mark'];
const seen = marks.some((key) => [Object, Array, log, Math, JSON, mycontext].some((o) => key in o));
for (const key of marks) for (const o of [Object, Array, log, Math, JSON]) try { o[key] = 1; log('ESCAPED'); } catch (e) { /* frozen */ }
mycontext.mark = 1;
log(seen ? 'ESCAPED' : 'clean');
`,
  ends: ['exited'],
  logs: /^clean$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
