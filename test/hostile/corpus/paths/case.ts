import type { Attack } from '../../attack.js';

export default {
  aim: 'opens the same file by another case, past the list of files in use',
  language: 'javascript',
  source: `
for (const name of ['A', 'fiLe']) try { await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(RepyArgumentError ?){2}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
