import type { Attack } from '../../attack.js';

export default {
  aim: "makes the runtime build an array of the program's own class",
  language: 'javascript',
  source: `
class Thief extends Array { constructor(...a) { super(...a); Thief.made.push(this); } static get [Symbol.species]() { return Thief; } }
Thief.made = [];
try { Object.defineProperty(Array, Symbol.species, { get: () => Thief }); log('ESCAPED'); } catch (e) { log('refused '); }
await log.apply(null, Thief.from(['a', 'b']));
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
