import type { Attack } from '../../attack.js';

export default {
  aim: 'leaves a message for siblings in the registry of symbols, and reads theirs',
  language: 'javascript',
  source: `
const symbol = Symbol.for('rendezvous');
try { symbol.description = 'x'; } catch (e) { log(e.name); }
for (const o of [Object.prototype, Object.getPrototypeOf(log), log, openfile, callargs.constructor, Symbol]) try { o[symbol] = 1; log('ESCAPED'); } catch (e) {}
log('none');
`,
  ends: ['exited'],
  logs: /none$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
