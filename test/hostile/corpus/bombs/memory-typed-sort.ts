import type { Attack } from '../../attack.js';

export default {
  aim: 'has sort copy a large array',
  language: 'javascript',
  source: `
const a = new Float64Array(1e6); try { for (;;) a.toSorted().with(0, 1); } catch (e) { log(e.name); } 
`,
  ends: ['limit memory', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
