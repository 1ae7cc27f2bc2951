import type { Attack } from '../../attack.js';

export default {
  aim: 'reads attributes of an API function by a format string',
  language: 'python',
  source: `
s = "{0.func_globals}".format(log)
log("ESCAPED " + s)
`,
  ends: ['uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
