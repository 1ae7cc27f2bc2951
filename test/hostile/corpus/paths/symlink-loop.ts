import type { Attack } from '../../attack.js';

export default {
  aim: 'has the supervisor follow links in a circle',
  language: 'javascript',
  source: `
for (const name of ['a', 'b']) try { await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited', 'uncaught'],
  planted: { a: { link: 'b' }, b: { link: 'a' } },
  leaves: ['a', 'b'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
