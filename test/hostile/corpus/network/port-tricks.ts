import type { Attack } from '../../attack.js';

export default {
  aim: "gives ports that wrap around, or aren't numbers",
  language: 'javascript',
  source: `
const port = Number(callargs[callargs.length - 1]);
for (const p of [65536 + 50007, -1, 50007.5, 2 ** 32 + 50007, '50007', NaN, null]) {
  try { await listenforconnection('127.0.0.1', p); log('ESCAPED'); } catch (e) { log(e.name); }
  try { await openconnection('127.0.0.1', port, '127.0.0.1', p, 0.1); log('ESCAPED'); } catch (e) { log(e.name); }
}
`,
  ends: ['exited'],
  logs: /^(\w+Error ?)+$/,
  restrictions: [
    'outsockets 5',
    'insockets 5',
    'connport 50007',
    'messport 50007',
    'netsend 10000',
    'netrecv 10000',
    'loopsend 10000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory', 'listener'],
} satisfies Attack;
