import type { Attack } from '../../attack.js';

export default {
  aim: 'finds what an earlier program left in the engine',
  language: 'javascript',
  source: `
log('mark' in mycontext || Symbol.for('mark') in Object ? 'ESCAPED' : 'clean');
mycontext.mark = 1;
`,
  ends: ['exited'],
  logs: /^clean$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
