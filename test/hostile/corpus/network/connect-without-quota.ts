import type { Attack } from '../../attack.js';

export default {
  aim: 'connects to a service of the host without any right to',
  language: 'javascript',
  source: `
const port = Number(callargs[callargs.length - 1]);
try { const s = await openconnection('127.0.0.1', port, '127.0.0.1', 50000, 1); log('ESCAPED ' + (await s.recv(100))); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /Error/,
  untouched: ['host files', 'directory', 'listener'],
} satisfies Attack;
