import type { Attack } from '../../attack.js';

export default {
  aim: "runs WebAssembly, whose compiler and memory are another way to the engine's bugs",
  language: 'javascript',
  source: `
const m = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
log('ESCAPED', m);
`,
  ends: ['unsafe'],
  reports: /WebAssembly/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
