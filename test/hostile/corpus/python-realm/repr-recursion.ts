import type { Attack } from '../../attack.js';

export default {
  aim: 'prints what contains itself',
  language: 'python',
  source: `
a = []
a.append(a)
d = {1: a}
a.append(d)
log(repr(a))
log(str(d))
`,
  ends: ['exited'],
  logs: /^\[\[\.\.\.\], \{1: \[\.\.\.\]\}\] \{1: \[\[\.\.\.\], \{\.\.\.\}\]\}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
