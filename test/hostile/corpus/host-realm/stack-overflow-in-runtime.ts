import type { Attack } from '../../attack.js';

export default {
  aim: 'lets the stack overflow inside of the runtime, so that an error of its own comes out',
  language: 'javascript',
  source: `
let found = 'none';
const look = (error) => {
  try {
    const F = error.constructor.constructor;
    F('return process')();
    found = 'ESCAPED';
  } catch (inner) { /* as it should be */ }
};
const dig = (n) => {
  try { dig(n + 1); } catch (e) { look(e); }
  try { listfiles().catch(() => {}); } catch (e) { look(e); }
};
const f = (depth) => { try { return f(depth + 1); } catch (e) { look(e); try { log.bind(); sleep('x'); } catch (e2) { look(e2); } return depth; } };
f(0);
log('tried ' + found);
`,
  ends: ['exited', 'uncaught'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
