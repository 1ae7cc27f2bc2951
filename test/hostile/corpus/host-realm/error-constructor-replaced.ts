import type { Attack } from '../../attack.js';

export default {
  aim: 'replaces Error so that the hook of another realm runs',
  language: 'javascript',
  source: `
const E = Error;
try { E.prepareStackTrace = (e, frames) => frames; } catch (e) { log(e.name); }
class Mine extends E { static prepareStackTrace(e, frames) { log('ESCAPED'); return frames; } static get stackTraceLimit() { log('ESCAPED'); return 5; } }
for (const C of [Mine, TypeError, RangeError]) { const e = new C('x'); if (typeof e.stack !== 'string' && e.stack !== undefined) log('ESCAPED'); }
log('done');
`,
  ends: ['exited'],
  logs: /done$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
