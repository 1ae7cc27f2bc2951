import type { Attack } from '../../attack.js';

export default {
  aim: "hands an object with Node's custom inspection method to console.log, which got hold of host functions in other sandboxes",
  language: 'javascript',
  source: `
const spy = { [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) { if (inspect !== undefined || options?.stylize !== undefined) log('ESCAPED'); return 'x'; }, inspect() { return 'y'; }, toJSON() { return 'z'; } };
console.log(spy);
console.error?.(new Error('x', { cause: spy }));
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
