import type { Attack } from '../../attack.js';

export default {
  aim: "takes over the runtime's awaits by a species of Promise",
  language: 'javascript',
  source: `
class Mine extends Promise { static get [Symbol.species]() { return function (executor) { executor((v) => { if (v && v.constructor && v.constructor.constructor !== log.constructor) log('ESCAPED'); }, () => {}); }; } }
try { Object.defineProperty(Promise, Symbol.species, { value: Mine }); log('ESCAPED'); } catch (e) { log(e.name + ' '); }
const p = sleep(0.001);
try { p.constructor = { [Symbol.species]: function (executor) { executor(() => {}, (e) => { if (e.constructor.constructor !== log.constructor) log('ESCAPED'); }); } }; } catch (e) { log(e.name + ' '); }
try { await p.then(() => { throw 1; }); } catch (e) { log('own '); }
await Mine.resolve(1).then(() => {}).catch?.(() => {});
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
