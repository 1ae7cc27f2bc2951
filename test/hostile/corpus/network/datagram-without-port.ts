import type { Attack } from '../../attack.js';

export default {
  aim: "sends datagrams from ports that it wasn't given",
  language: 'javascript',
  source: `
for (const local of [53, 50009, 0]) try { await sendmessage('127.0.0.1', 53, 'x', '127.0.0.1', local); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(\w+Error ?)+$/,
  restrictions: [
    'outsockets 5',
    'messport 50008',
    'netsend 10000',
    'netrecv 10000',
    'loopsend 10000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory'],
} satisfies Attack;
