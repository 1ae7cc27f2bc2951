import type { Attack } from '../../attack.js';

export default {
  aim: 'gets at call sites, and by them at functions of the runtime, by Error.prepareStackTrace',
  language: 'javascript',
  source: `
let sites;
try { Error.prepareStackTrace = (error, frames) => { sites = frames; return frames; }; } catch (e) { log(e.name); }
try { null.x; } catch (e) { if (Array.isArray(e.stack)) log('ESCAPED'); }
try { await openfile('x', false); } catch (e) { if (Array.isArray(e.stack)) log('ESCAPED'); }
log(sites === undefined ? 'no sites' : 'ESCAPED');
`,
  ends: ['exited', 'uncaught'],
  logs: /no sites/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
