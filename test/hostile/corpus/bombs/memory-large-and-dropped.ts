import type { Attack } from '../../attack.js';

export default {
  aim: 'makes buffers of nearly its memory and drops them, over and over',
  language: 'javascript',
  source: `
let sum = 0;
for (let turn = 0; turn < 30; turn++) {
  const bytes = new Uint8Array((2 << 20) + turn * 4096);
  for (let i = 0; i < bytes.length; i += 4096) bytes[i] = 1;
  sum += bytes[4096 * turn];
}
log(sum);
`,
  ends: ['exited'],
  logs: /^30$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
