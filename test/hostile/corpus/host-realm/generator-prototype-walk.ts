import type { Attack } from '../../attack.js';

export default {
  aim: 'walks every prototype and accessor that its values lead to for one that can make code',
  language: 'javascript',
  source: `
const seen = new Set(); const queue = [log, sleep, openfile, callargs, mycontext, (async function* () {})(), (function* () {})(), /x/, new Date(0), Promise.resolve(), [].values(), new Map().entries(), 'x'.matchAll(/x/g), createlock(), new Error('x'), new Proxy({}, {}), Symbol.iterator];
while (queue.length) {
  const o = queue.pop();
  if (Object(o) !== o || seen.has(o)) continue;
  seen.add(o);
  queue.push(Object.getPrototypeOf(o));
  for (const key of Reflect.ownKeys(o)) { const d = Object.getOwnPropertyDescriptor(o, key); queue.push(d.value, d.get, d.set); }
}
let makers = 0;
for (const f of seen) if (typeof f === 'function') for (const text of ['return 1']) { try { if (typeof f(text) === 'function' && f(text)() === 1) makers += 1; } catch (e) {} }
log(seen.size > 200 ? 'walked' : seen.size, makers === 0 ? 'none' : 'ESCAPED');
exitall();
`,
  ends: ['exited', 'exitall', 'uncaught'],
  logs: /walked none$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
