import type { Attack } from '../../attack.js';

export default {
  aim: 'has the runtime send a frame that the supervisor must refuse, by arguments of several mebibytes',
  language: 'javascript',
  source: `
const big = 'x'.repeat(3 << 20);
for (const call of [() => gethostbyname(big), () => listenformessage(big, 50014), () => openconnection(big, 1, big, 50014, 1)]) try { await call(); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(RepyArgumentError ?){3}$/,
  restrictions: [
    'memory 60000000',
    'outsockets 5',
    'connport 50014',
    'netsend 1000000',
    'netrecv 10000',
    'loopsend 1000000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory'],
} satisfies Attack;
