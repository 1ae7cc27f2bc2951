import type { Attack } from '../../attack.js';

export default {
  aim: 'replaces the prototypes of shared prototypes and functions',
  language: 'javascript',
  source: `
for (const target of [Array.prototype, Object.getPrototypeOf(log), log, Math, JSON, Reflect]) { try { Object.setPrototypeOf(target, { stolen: 1 }); log('ESCAPED'); } catch (e) { log('r'); } }
`,
  ends: ['exited'],
  logs: /^r r r r r r$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
