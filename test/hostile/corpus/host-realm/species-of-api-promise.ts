import type { Attack } from '../../attack.js';

export default {
  aim: "has the runtime's promise made by a constructor of its own",
  language: 'javascript',
  source: `
const p = openfile('missing', false);
try { p.constructor = class { constructor(f) { f(() => log('ESCAPED'), () => log('ESCAPED')); } static get [Symbol.species]() { return this; } }; } catch (e) { log(e.name); }
try { Object.defineProperty(p, 'then', { value: () => log('seen') }); } catch (e) { log(e.name); }
const q = sleep(0);
q.foo = 1;
await Promise.race([p, sleep(0.05)]).catch((e) => log(e.name));
log('done');
`,
  ends: ['exited', 'uncaught'],
  logs: /^seen/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
