import type { Attack } from '../../attack.js';

export default {
  aim: 'ends while a hundred of its requests are being served',
  language: 'javascript',
  source: `
for (let i = 0; i < 100; i++) openfile('f' + (i % 4), true).then((f) => f.writeat('x', 0)).catch(() => {});
await sleep(0.001);
exitall();
`,
  ends: ['exitall'],
  untouched: ['host files'],
} satisfies Attack;
