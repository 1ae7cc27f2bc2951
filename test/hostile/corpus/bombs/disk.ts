import type { Attack } from '../../attack.js';

export default {
  aim: 'writes more than its disk quota',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
for (let i = 0; ; i++) await f.writeat(new Uint8Array(65536), i * 65536);
`,
  ends: ['limit diskused'],
  untouched: ['host files'],
} satisfies Attack;
