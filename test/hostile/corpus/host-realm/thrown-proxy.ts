import type { Attack } from '../../attack.js';

export default {
  aim: 'throws a proxy that answers everything, so that the report calls the program from the runtime',
  language: 'javascript',
  source: `
const deep = new Proxy(function () {}, { get: (t, key) => (key === Symbol.toPrimitive ? () => { throw deep; } : deep), apply: (t, self, args) => { for (const a of args) if (typeof a === 'function' && a.constructor !== log.constructor) log('ESCAPED'); return deep; }, getPrototypeOf: () => Error.prototype });
throw deep;
`,
  ends: ['uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
