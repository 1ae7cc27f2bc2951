import type { Attack } from '../../attack.js';

export default {
  aim: 'creates files without end',
  language: 'javascript',
  source: `
for (let i = 0; ; i++) { const f = await openfile('f' + i, true); await f.close(); }
`,
  ends: ['stopped', 'limit diskused', 'uncaught'],
  stopAfterMs: 600,
  untouched: ['host files'],
} satisfies Attack;
