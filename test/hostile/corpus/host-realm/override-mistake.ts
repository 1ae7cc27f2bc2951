import type { Attack } from '../../attack.js';

export default {
  aim: "shadows toString and then on own objects so that the runtime's checks take them for something else",
  language: 'javascript',
  source: `
const fake = { constructor: Error, name: 'RepyException', message: 'x', toString: () => 'x', __proto__: null };
for (const f of [() => log(fake), () => console.log(fake), () => sleep(fake)]) try { await f(); } catch (e) { if (e.constructor.constructor !== log.constructor) log('ESCAPED'); }
log('tried');
`,
  ends: ['exited', 'uncaught'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
