import type { Attack } from '../../attack.js';

export default {
  aim: 'calls the function constructor through Reflect, a subclass, a bound function and a proxy',
  language: 'javascript',
  source: `
const F = log.constructor;
const ways = [
  () => Reflect.construct(F, ['return 1'])(),
  () => Reflect.apply(F, undefined, ['return 1'])(),
  () => new (class extends F {})('return 1')(),
  () => F.bind(null, 'return 1')()(),
  () => new Proxy(F, {})('return 1')(),
];
for (const way of ways) try { way(); log('ESCAPED'); } catch (e) { log(e.name[0]); }
`,
  ends: ['exited'],
  logs: /^T T T T T$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
