import type { Attack } from '../../attack.js';

export default {
  aim: 'reads what the zygote or an earlier program was given',
  language: 'javascript',
  source: `
log(callargs.length, Object.keys(mycontext).length);
`,
  ends: ['exited'],
  logs: /^1 0$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
