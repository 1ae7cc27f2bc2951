import type { Attack } from '../../attack.js';

export default {
  aim: 'opens and closes files without end, to wear descriptors out',
  language: 'javascript',
  source: `
for (let i = 0; ; i++) { const f = await openfile('f' + (i % 3), true); await f.close(); }
`,
  ends: ['stopped'],
  stopAfterMs: 500,
  untouched: ['host files'],
} satisfies Attack;
