import type { Attack } from '../../attack.js';

export default {
  aim: 'replaces the array iterator that spreads and destructurings of the runtime use',
  language: 'javascript',
  source: `
const proto = Object.getPrototypeOf([][Symbol.iterator]());
try { proto.next = () => { log('ESCAPED'); return { done: true }; }; } catch (e) { log('refused '); }
try { Array.prototype[Symbol.iterator] = function* () { log('ESCAPED'); }; } catch (e) { /* refused */ }
await listfiles();
log('tried');
`,
  ends: ['exited', 'uncaught'],
  logs: /refused tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
