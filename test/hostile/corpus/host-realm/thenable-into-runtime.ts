import type { Attack } from '../../attack.js';

export default {
  aim: 'returns a thenable to the runtime and inspects the functions it is given',
  language: 'javascript',
  source: `
const thenable = { then(resolve, reject) { for (const f of [resolve, reject]) { try { f.constructor('return process')(); log('ESCAPED'); } catch (e) { /* refused */ } } resolve(1); } };
await thenable;
setTimeout(() => thenable, 0);
queueMicrotask(async () => thenable);
await Promise.race([thenable, sleep(0.01)]);
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
