import type { Attack } from '../../attack.js';

export default {
  aim: 'has unsafe code run by a virtual namespace',
  language: 'python',
  source: `
try:
  v = createvirtualnamespace("import os", "x")
  v.evaluate({})
  log("ESCAPED")
except CodeUnsafeError:
  log("refused")
`,
  ends: ['exited'],
  logs: /^refused$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
