import type { Attack } from '../../attack.js';

export default {
  aim: 'reads a file of the host through a symbolic link that is in its directory',
  language: 'python',
  source: `
try:
  log("ESCAPED", openfile("link", False).readat(None, 0))
except Exception, e:
  log("refused")
`,
  ends: ['exited', 'uncaught'],
  planted: { link: { link: 'OUTSIDE/secret' } },
  leaves: ['link'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
