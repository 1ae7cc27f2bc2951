import type { Attack } from '../../attack.js';

export default {
  aim: "overflows the stack while the error's stack is being made, as escapes of vm2 did",
  language: 'javascript',
  source: `
const error = new Error();
error.name = { toString: () => { try { return String(error.stack); } catch (e) { if (e.constructor.constructor !== log.constructor) log('ESCAPED'); return 'x'; } } };
const deeper = () => { try { deeper(); } catch (e) { String(e.stack); } };
deeper();
try { String(error); } catch (e) { log(e.name + ' '); }
log('tried');
`,
  ends: ['exited', 'uncaught'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
