import type { Attack } from '../../attack.js';

export default {
  aim: "climbs from a promise of the API to another Promise than the program's own",
  language: 'javascript',
  source: `
const promise = sleep(0.001);
if (promise.constructor === Promise && Object.getPrototypeOf(promise) === Promise.prototype) log('own ');
else log('ESCAPED');
try { promise.constructor.constructor('return 1')(); log('ESCAPED'); } catch (e) { log(e.name); }
await promise;
`,
  ends: ['exited'],
  logs: /own TypeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
