import type { Attack } from '../../attack.js';

export default {
  aim: 'sends frames of the largest size without end and reads no answer',
  language: 'javascript',
  source: `
const data = new Uint8Array(1 << 20);
const f = await openfile('a', true);
for (;;) { for (let i = 0; i < 30; i += 1) f.writeat(data, 0).catch(() => {}); await null; }
`,
  ends: ['limit memory', 'limit diskused', 'stopped'],
  untouched: ['host files'],
  stopAfterMs: 1000,
} satisfies Attack;
