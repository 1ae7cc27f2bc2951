import type { Attack } from '../../attack.js';

export default {
  aim: 'gives the API an argument whose getters answer differently each time',
  language: 'javascript',
  source: `
let turn = 0;
const name = { toString: () => (turn++ === 0 ? 'ok' : '../outside/secret'), valueOf: () => '../outside/secret', get length() { return turn++ ? 1e9 : 1; } };
try { const f = await openfile(name, true); await f.writeat('x', 0); log('ESCAPED'); } catch (e) { log('refused ' + e.name); }
`,
  ends: ['exited'],
  logs: /refused/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
