import type { Attack } from '../../attack.js';

export default {
  aim: 'finds WebAssembly without its name being in the program',
  language: 'javascript',
  source: `
const names = ['Web' + 'Assembly', 'SharedArrayBuffer', 'Atomics', 'process', 'require', 'Buffer', 'global', 'gc'];
const places = [function () { return this; }(), [].at, Reflect, Math, JSON, console, mycontext, Object.getPrototypeOf(log)];
let found = '';
for (const place of places) for (const name of names) { let v; try { v = place?.[name]; } catch (e) { v = undefined; } if (v !== undefined) found += name; }
log(found === '' ? 'none' : 'ESCAPED ' + found);
`,
  ends: ['exited'],
  logs: /^none$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
