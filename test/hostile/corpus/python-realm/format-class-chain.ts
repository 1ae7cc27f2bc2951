import type { Attack } from '../../attack.js';

export default {
  aim: 'climbs the class chain from inside of a format string, where no check of attributes looks',
  language: 'python',
  source: `
log("{0.__class__.__mro__}".format(1))
log("ESCAPED")
`,
  ends: ['unsafe', 'uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
