import type { Attack } from '../../attack.js';

export default {
  aim: 'cuts a name by a NUL after the check',
  language: 'javascript',
  source: String.raw`
for (const name of ['a\0', 'a\0/../../x', '\0']) try { await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(RepyArgumentError ?){3}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
