import type { Attack } from '../../attack.js';

export default {
  aim: 'uses letters that normalise to separators and dots',
  language: 'javascript',
  source: String.raw`
for (const name of ['\u2024\u2024\u2215x', '\uff0e\uff0e\uff0fx', 'e\u0301', '\ud800', 'a\u202e']) try { await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(RepyArgumentError ?){5}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
