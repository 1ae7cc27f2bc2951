import type { Attack } from '../../attack.js';

export default {
  aim: 'walks the stack upwards by caller and arguments',
  language: 'javascript',
  source: `
const f = function () { return [f, log, sleep, Array.prototype.map].map((g) => { try { return g.caller ?? g.arguments; } catch (e) { return undefined; } }); };
const seen = [0].map(f).flat().concat([1, 2].sort(f));
log(seen.some((x) => typeof x === 'function' || (typeof x === 'object' && x !== null)) ? 'ESCAPED' : 'tried');
`,
  ends: ['exited'],
  logs: /^tried$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
