import type { Attack } from '../../attack.js';

export default {
  aim: 'answers getPrototypeOf with traps while the runtime tells whether something is an error',
  language: 'javascript',
  source: `
const trapped = [];
const liar = new Proxy(new Error('x'), { getPrototypeOf: () => { trapped.push(1); return Array.prototype; }, get: (t, k, r) => { if (r !== liar) trapped.push(r); return Reflect.get(t, k); } });
for (const way of [async () => { throw liar; }, () => Promise.reject(liar), async () => log(liar)]) await way().catch(() => {});
log(trapped.every((x) => x === 1 || x instanceof Object) ? 'tried' : 'ESCAPED');
`,
  ends: ['exited'],
  logs: /tried$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
