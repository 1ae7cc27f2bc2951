import type { Attack } from '../../attack.js';

export default {
  aim: 'writes a stack of the runtime onto an object of its own',
  language: 'javascript',
  source: `
const o = {};
try { Error.captureStackTrace?.(o, log); } catch (e) { /* refused */ }
if (/node:|file:|runtime/.test(String(o.stack))) log('ESCAPED');
try { Error.stackTraceLimit = 10000; } catch (e) { /* refused */ }
if (/node:|file:/.test(String(new Error('x').stack))) log('ESCAPED');
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
