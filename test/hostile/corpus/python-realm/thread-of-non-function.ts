import type { Attack } from '../../attack.js';

export default {
  aim: 'starts threads of things that are no functions',
  language: 'python',
  source: `
for thing in [1, "x", None, log, openfile]:
  try:
    createthread(thing)
    log("started;")
  except RepyArgumentError:
    log("refused;")
`,
  ends: ['exited', 'uncaught'],
  logs: /^(refused; ){3}/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
