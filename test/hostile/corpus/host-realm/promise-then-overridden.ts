import type { Attack } from '../../attack.js';

export default {
  aim: "overrides then, so that the runtime's own functions are handed to the program",
  language: 'javascript',
  source: `
try { Promise.prototype.then = function (f) { f.constructor('return process')(); }; log('ESCAPED'); } catch (e) { log('refused '); }
const p = listfiles();
try { p.then = (...given) => { for (const f of given) if (f.constructor !== log.constructor) log('ESCAPED'); return Promise.prototype.then.apply(p, given); }; } catch (e) { log('refused '); }
await p;
log('tried');
`,
  ends: ['exited'],
  logs: /refused tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
