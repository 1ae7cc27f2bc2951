import type { Attack } from '../../attack.js';

export default {
  aim: "leaves a rejection with a hostile value to the runtime's own handler",
  language: 'javascript',
  source: `
const hostile = { get stack() { log('asked '); return { toString() { throw hostile; } }; }, toString() { throw hostile; } };
Promise.reject(hostile);
await sleep(0.01);
`,
  ends: ['uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
