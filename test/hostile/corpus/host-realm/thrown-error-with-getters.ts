import type { Attack } from '../../attack.js';

export default {
  aim: 'throws an error whose name, message and stack are getters that look at their caller',
  language: 'javascript',
  source: `
const look = function () { if (look.caller) log('ESCAPED'); try { if (arguments.callee.caller) log('ESCAPED'); } catch (e) { return 'strict'; } return 'x'; };
throw Object.defineProperties(new Error('x'), { name: { get: look }, message: { get: look }, stack: { get: look }, cause: { get: look } });
`,
  ends: ['uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
