import type { Attack } from '../../attack.js';

export default {
  aim: 'puts well-known symbols on what it hands to the API',
  language: 'javascript',
  source: `
const calls = [];
const make = () => {
  const value = function () {};
  for (const key of Reflect.ownKeys(Symbol)) if (typeof Symbol[key] === 'symbol') { try { Object.defineProperty(value, Symbol[key], { get() { calls.push(this); return undefined; } }); } catch (e) { /* not definable */ } }
  return value;
};
for (const f of [log, sleep, openfile, console.log]) try { await f(make(), make()); } catch (e) { /* refused */ }
log(calls.every((self) => self === undefined || typeof self === 'function' || typeof self === 'object') ? 'tried' : 'ESCAPED');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
