import type { Attack } from '../../attack.js';

export default {
  aim: "connects from an address that isn't the host's",
  language: 'javascript',
  source: `
const port = Number(callargs[callargs.length - 1]);
for (const local of ['192.0.2.1', '0.0.0.0', '255.255.255.255', '']) try { const s = await openconnection('127.0.0.1', port, local, 50001, 1); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  restrictions: [
    'outsockets 5',
    'connport 50001',
    'netsend 10000',
    'netrecv 10000',
    'loopsend 10000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory', 'listener'],
} satisfies Attack;
