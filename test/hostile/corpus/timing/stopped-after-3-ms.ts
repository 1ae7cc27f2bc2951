import type { Attack } from '../../attack.js';

export default {
  aim: 'is stopped 3 ms after it began, with files, timers and requests under way',
  language: 'javascript',
  source: `
const files = await Promise.all([1, 2, 3].map((n) => openfile('f' + n, true)));
setInterval(() => {}, 1);
for (;;) await Promise.all([...files.map((f) => f.writeat('x'.repeat(20000), 0)), randombytes(), log('.')]);
`,
  ends: ['stopped'],
  untouched: ['host files'],
  stopAfterMs: 3,
} satisfies Attack;
