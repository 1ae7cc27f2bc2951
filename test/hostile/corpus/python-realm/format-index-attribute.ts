import type { Attack } from '../../attack.js';

export default {
  aim: "reads attributes by a format string's index of a container",
  language: 'python',
  source: `
s = "{0[0].im_func}".format([log])
log("ESCAPED " + s)
`,
  ends: ['uncaught', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
