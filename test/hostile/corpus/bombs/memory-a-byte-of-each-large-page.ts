import type { Attack } from '../../attack.js';

export default {
  aim: 'touches a byte of each two MiB, so that large pages cost most',
  language: 'javascript',
  source: `
const kept = [];
for (;;) {
  const bytes = new Uint8Array(32 << 20);
  for (let i = 0; i < bytes.length; i += 2 << 20) bytes[i] = 1;
  kept.push(bytes, 'x'.repeat(1000) + kept.length);
}
`,
  ends: ['limit memory'],
  restrictions: ['memory 400000000', 'cpu 1'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
