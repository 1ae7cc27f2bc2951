import type { Attack } from '../../attack.js';

export default {
  aim: 'hands bytes over that decode to a separator in a lax decoder',
  language: 'javascript',
  source: String.raw`
for (const name of ['\xc0\xaf', '%2e%2e%2f', '..\\outside']) try { await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(\w+ ?){3}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
