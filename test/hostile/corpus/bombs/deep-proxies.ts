import type { Attack } from '../../attack.js';

export default {
  aim: 'overflows the stack by a chain of proxies',
  language: 'javascript',
  source: `
let p = {};
for (let i = 0; i < 1e5; i++) p = new Proxy(p, {});
try { log(p.x === undefined ? 'x' : 'ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
