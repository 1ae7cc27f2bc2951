import type { Attack } from '../../attack.js';

export default {
  aim: 'reads a file of the host through a symbolic link that is in its directory',
  language: 'javascript',
  source: `
try { const f = await openfile('link', false); log('ESCAPED ' + (await f.readat(null, 0))); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught'],
  planted: { link: { link: 'OUTSIDE/secret' } },
  leaves: ['link'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
