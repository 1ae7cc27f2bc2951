import type { Attack } from '../../attack.js';

export default {
  aim: 'writes an address so that check and socket read it differently',
  language: 'javascript',
  source: String.raw`
const port = Number(callargs[callargs.length - 1]);
for (const ip of ['0x7f.1', '2130706433', '127.1', '0177.0.0.1', '::1', '::ffff:127.0.0.1', 'localhost', '127.0.0.1\0', ' 127.0.0.1', '127.0.0.1%lo', '127.0.0.01', '0.0.0.0', '']) {
  try { const s = await openconnection(ip, port, '127.0.0.1', 50006, 0.2); log('ESCAPED ' + ip); } catch (e) { log(e.name); }
}
`,
  ends: ['exited'],
  logs: /^(\w+Error ?)+$/,
  restrictions: [
    'outsockets 5',
    'connport 50006',
    'netsend 10000',
    'netrecv 10000',
    'loopsend 10000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory', 'listener'],
} satisfies Attack;
