import type { Attack } from '../../attack.js';

export default {
  aim: "hands a proxy to the API so that a trap gets an object of the runtime's realm",
  language: 'javascript',
  source: `
const seen = [];
const handler = new Proxy({}, { get: (target, trap) => (...args) => { seen.push(...args); return Reflect[trap](...args); } });
for (const what of [() => log(new Proxy({}, handler)), () => log(new Proxy([], handler)), () => sleep(new Proxy({}, handler)), () => openfile(new Proxy({}, handler), true), () => console.log(new Proxy(() => {}, handler))]) {
  try { await what(); } catch (e) { /* refused */ }
}
let bad = 0;
for (const value of seen.flat()) if (typeof value === 'function' && value.constructor !== log.constructor) bad += 1;
for (const value of seen) if (typeof value === 'object' && value !== null && !(value instanceof Object) && Object.getPrototypeOf(value) !== null) bad += 1;
log(bad === 0 ? 'tried' : 'ESCAPED');
`,
  ends: ['exited'],
  logs: /tried$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
