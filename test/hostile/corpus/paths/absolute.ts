import type { Attack } from '../../attack.js';

export default {
  aim: 'opens a file by its absolute path',
  language: 'javascript',
  source: `
for (const name of ['/etc/passwd', '//etc/passwd', '/']) try { await openfile(name, false); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(RepyArgumentError ?){3}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
