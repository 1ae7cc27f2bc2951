import type { Attack } from '../../attack.js';

export default {
  aim: "reads names in a namespace's code that its context doesn't give",
  language: 'javascript',
  source: `
for (const name of ['process', 'globalThis', 'global', 'require', 'log', 'openfile', 'Function', 'WebAssembly', 'SharedArrayBuffer', 'console', 'Buffer', 'queueMicrotask', 'module', 'exports', 'callargs']) {
  try { const context = await createvirtualnamespace('var seen = typeof ' + name + '; seen = ' + name + ';', 'x').evaluate({}); log('ESCAPED ' + name + context.seen); } catch (e) { log(e.name); }
}
`,
  ends: ['exited'],
  logs: /^(ReferenceError ?){15}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
