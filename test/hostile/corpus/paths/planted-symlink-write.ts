import type { Attack } from '../../attack.js';

export default {
  aim: 'writes to a file of the host through a symbolic link that is in its directory',
  language: 'javascript',
  source: `
try { const f = await openfile('link', true); await f.writeat('ESCAPED', 0); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught'],
  planted: { link: { link: 'OUTSIDE/secret' } },
  leaves: ['link'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
