import type { Attack } from '../../attack.js';

export default {
  aim: "connects from a local port that it wasn't given",
  language: 'javascript',
  source: `
const port = Number(callargs[callargs.length - 1]);
for (const local of [50002, 80, 0, port]) try { const s = await openconnection('127.0.0.1', port, '127.0.0.1', local, 1); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /ResourceForbiddenError/,
  restrictions: [
    'outsockets 5',
    'insockets 5',
    'connport 50001',
    'netsend 10000',
    'netrecv 10000',
    'loopsend 10000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory', 'listener'],
} satisfies Attack;
