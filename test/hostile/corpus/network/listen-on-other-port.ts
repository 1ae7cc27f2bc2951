import type { Attack } from '../../attack.js';

export default {
  aim: "listens on ports that it wasn't given",
  language: 'javascript',
  source: `
for (const port of [22, 80, 50004, 0, 65535]) {
  try { await listenforconnection('127.0.0.1', port); log('ESCAPED'); } catch (e) { log(e.name); }
  try { await listenformessage('127.0.0.1', port); log('ESCAPED'); } catch (e) { log(e.name); }
}
`,
  ends: ['exited'],
  logs: /^(ResourceForbiddenError ?|RepyArgumentError ?)+$/,
  restrictions: [
    'insockets 5',
    'connport 50003',
    'messport 50003',
    'netsend 10000',
    'netrecv 10000',
    'loopsend 10000',
    'looprecv 10000',
  ],
  untouched: ['host files', 'directory'],
} satisfies Attack;
