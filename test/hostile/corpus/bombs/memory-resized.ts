import type { Attack } from '../../attack.js';

export default {
  aim: 'lets buffers that can grow reserve and take memory',
  language: 'javascript',
  source: `
const kept = [];
for (;;) {
  const buffer = new ArrayBuffer(1 << 16, { maxByteLength: 1 << 20 });
  buffer.resize(1 << 19);
  new Uint8Array(buffer).fill(1);
  kept.push(buffer);
}
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
