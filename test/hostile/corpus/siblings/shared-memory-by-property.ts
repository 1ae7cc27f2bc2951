import type { Attack } from '../../attack.js';

export default {
  aim: 'gets at shared memory by what WebAssembly or a buffer leads to',
  language: 'javascript',
  source: `
const names = ['SharedArrayBuffer', 'Atomics', 'WebAssembly', 'MessageChannel', 'BroadcastChannel', 'Worker'];
const roots = [Object, (() => {}).constructor, ArrayBuffer, Uint8Array, DataView, Promise, Reflect, Proxy, JSON, Math, log, console];
for (const root of roots) for (const name of names) if (name in root) log('ESCAPED ' + name);
log(Object.getOwnPropertyNames(ArrayBuffer).join().includes('Shared') ? 'ESCAPED' : 'none');
`,
  ends: ['exited', 'unsafe'],
  logs: /^none$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
