import type { Attack } from '../../attack.js';

export default {
  aim: 'writes to several files at once, before any is counted',
  language: 'javascript',
  source: `
const fs = await Promise.all([0, 1, 2, 3].map((i) => openfile('f' + i, true)));
for (let i = 0; ; i++) await Promise.all(fs.map((f) => f.writeat(new Uint8Array(65536), i * 65536)));
`,
  ends: ['limit diskused'],
  untouched: ['host files'],
} satisfies Attack;
