import type { Attack } from '../../attack.js';

export default {
  aim: 'changes prototypes that the runtime shares with the program',
  language: 'javascript',
  source: `
const targets = [Object.prototype, Array.prototype, Object.getPrototypeOf(log), Promise.prototype, Map.prototype, String.prototype, Uint8Array.prototype, Object.getPrototypeOf(Uint8Array.prototype), Error.prototype, RegExp.prototype, Object.getPrototypeOf([][Symbol.iterator]())];
for (const target of targets) { try { target.polluted = 1; log('ESCAPED'); } catch (e) { log('r'); } }
`,
  ends: ['exited'],
  logs: /^(r ?){11}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
