import type { Attack } from '../../attack.js';

export default {
  aim: "sends a datagram larger than any, and from memory that isn't its",
  language: 'javascript',
  source: `
for (const n of [65508, 1 << 20, 3 << 20]) try { const sent = await sendmessage('127.0.0.1', 50010, new Uint8Array(n), '127.0.0.1', 50010); log(sent > 65507 ? 'ESCAPED' : 'cut'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  restrictions: [
    'outsockets 5',
    'messport 50010',
    'netsend 1000000',
    'netrecv 10000',
    'loopsend 1000000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory'],
} satisfies Attack;
