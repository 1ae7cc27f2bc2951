import type { Attack } from '../../attack.js';

export default {
  aim: 'creates a file of the host through a dangling symbolic link',
  language: 'javascript',
  source: `
try { const f = await openfile('link', true); await f.writeat('x', 0); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught'],
  planted: { link: { link: 'OUTSIDE/new' } },
  leaves: ['link'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
