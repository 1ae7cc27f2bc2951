import type { Attack } from '../../attack.js';

export default {
  aim: 'opens and forgets thousands of handles of all kinds',
  language: 'javascript',
  source: `
const names = new Set();
for (let i = 0; ; i += 1) {
  const all = [openfile('f' + (i % 50), true), listenformessage('127.0.0.1', 63100), listenforconnection('127.0.0.1', 63101), openconnection('127.0.0.1', 1, '127.0.0.1', 63102, 0.001)];
  for (const { reason } of await Promise.allSettled(all)) {
    if (reason === undefined || names.has(reason.name)) continue;
    names.add(reason.name);
    await log(reason.name);
  }
  createlock();
}
`,
  ends: ['stopped'],
  logs: /^(FileInUseError|ResourceExhaustedError|ResourceForbiddenError|RepyArgumentError| )+$/,
  untouched: ['host files'],
  stopAfterMs: 4000,
} satisfies Attack;
