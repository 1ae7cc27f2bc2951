import type { Attack } from '../../attack.js';

export default {
  aim: 'makes a name of the program resolve to something else by unscopables and has-traps',
  language: 'javascript',
  source: `
try { Array.prototype[Symbol.unscopables].log = true; log('ESCAPED'); } catch (e) { /* frozen */ }
try { mycontext[Symbol.unscopables] = { log: true }; } catch (e) { /* frozen */ }
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
