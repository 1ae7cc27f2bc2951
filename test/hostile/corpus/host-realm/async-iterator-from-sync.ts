import type { Attack } from '../../attack.js';

export default {
  aim: "has the engine's own async-from-sync iterator call the program with the engine's functions",
  language: 'javascript',
  source: `
const source = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: { then(ok) { if (ok.constructor !== log.constructor) log('ESCAPED'); ok(1); } } }), return() { return { get done() { return true; }, get value() { return 1; } }; } }) };
for await (const v of source) { if (v === 1) break; }
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
