import type { Attack } from '../../attack.js';

export default {
  aim: 'opens more sockets than its quota',
  language: 'javascript',
  source: `
const kept = [];
for (const port of [50011, 50012, 50013]) try { kept.push(await listenforconnection('127.0.0.1', port)); } catch (e) { log(e.name); }
log(kept.length > 2 ? 'ESCAPED' : 'two');
`,
  ends: ['exited'],
  logs: /ResourceExhaustedError/,
  restrictions: [
    'outsockets 2',
    'insockets 2',
    'connport 50011',
    'connport 50012',
    'connport 50013',
    'netsend 10000',
    'netrecv 10000',
    'loopsend 10000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory'],
} satisfies Attack;
