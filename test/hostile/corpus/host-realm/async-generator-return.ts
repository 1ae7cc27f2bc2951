import type { Attack } from '../../attack.js';

export default {
  aim: "uses the await inside of an async generator's return() to run a getter in the runtime",
  language: 'javascript',
  source: `
async function* g() { try { yield 1; } finally { yield 2; } }
const it = g();
await it.next();
const spy = { get then() { try { (() => {}).constructor('return process')(); log('ESCAPED'); } catch (e) { return undefined; } } };
await it.return(spy);
const x = {};
x.then = (ok, no) => { if (ok.constructor !== log.constructor || no.constructor !== log.constructor) log('ESCAPED'); ok(); };
await it.return(x);
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
