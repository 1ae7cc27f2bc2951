import type { Attack } from '../../attack.js';

export default {
  aim: 'makes a hidden file',
  language: 'javascript',
  source: `
for (const name of ['.', '.profile', '']) try { await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(RepyArgumentError ?){3}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
