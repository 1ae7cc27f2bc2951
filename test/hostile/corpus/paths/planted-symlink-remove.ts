import type { Attack } from '../../attack.js';

export default {
  aim: 'removes a file of the host through a symbolic link',
  language: 'javascript',
  source: `
try { await removefile('link'); log('removed'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^FileNotFoundError$/,
  planted: { link: { link: 'OUTSIDE/secret' } },
  untouched: ['host files'],
} satisfies Attack;
