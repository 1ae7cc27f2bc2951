import type { Attack } from '../../attack.js';

export default {
  aim: "gives an error a symbol as its name so that formatting the stack throws an error of the host's realm",
  language: 'javascript',
  source: `
const e = new Error();
e.name = Symbol('name');
try { e.stack; String(e); log('nothing thrown '); } catch (host) {
  log(host instanceof TypeError && host.constructor === TypeError ? 'own' : 'ESCAPED');
}
log('own');
`,
  ends: ['exited', 'uncaught'],
  logs: /own/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
