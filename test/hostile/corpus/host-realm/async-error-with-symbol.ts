import type { Attack } from '../../attack.js';

export default {
  aim: "gets an error of the host's realm by an async function's rejection while the stack is formatted",
  language: 'javascript',
  source: `
const error = new Error();
error.name = Symbol();
const f = async () => error.stack;
await f().catch((e) => { log(Object.getPrototypeOf(e) === TypeError.prototype ? 'own ' : 'ESCAPED'); });
log('own');
`,
  ends: ['exited', 'uncaught'],
  logs: /own/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
