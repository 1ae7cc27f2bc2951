import type { Attack } from '../../attack.js';

export default {
  aim: 'gives JSON a proxy with keys without number',
  language: 'javascript',
  source: `
const p = new Proxy({}, { ownKeys: () => ['a'], get: () => p, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) });
try { JSON.stringify(p); } catch (e) { log(e.name); }
`,
  ends: ['stopped', 'limit memory', 'uncaught', 'exited'],
  logs: /^(TypeError|RangeError)?$/,
  stopAfterMs: 2000,
  untouched: ['host files', 'directory'],
} satisfies Attack;
