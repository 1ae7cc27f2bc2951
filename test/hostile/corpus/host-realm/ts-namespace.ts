import type { Attack } from '../../attack.js';

export default {
  aim: "lets a namespace's emitted function see another this or scope",
  language: 'typescript',
  source: `
namespace N { export const p: any = (function (this: any) { return this; })(); }
log(N.p === undefined ? 'fine' : 'ESCAPED');
`,
  ends: ['unsafe', 'exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
