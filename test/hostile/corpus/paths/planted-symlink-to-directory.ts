import type { Attack } from '../../attack.js';

export default {
  aim: 'goes down a symbolic link to a directory of the host',
  language: 'javascript',
  source: `
for (const name of ['link', 'link/secret']) try { const f = await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught'],
  planted: { link: { link: 'OUTSIDE' } },
  leaves: ['link'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
