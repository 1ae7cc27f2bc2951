import type { Attack } from '../../attack.js';

export default {
  aim: 'predicts the random numbers of siblings that were forked from the same engine',
  language: 'javascript',
  source: `
const a = Array.from({ length: 4 }, Math.random);
const b = await randombytes();
if (new Set(a).size !== 4) log('ESCAPED');
log(b.length === 1024 ? 'fine' : 'ESCAPED');
`,
  ends: ['exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
