import type { Attack } from '../../attack.js';

export default {
  aim: 'connects to a service of the host without any right to',
  language: 'python',
  source: `
port = int(callargs[-1])
try:
  s = openconnection("127.0.0.1", port, "127.0.0.1", 50020, 1.0)
  log("ESCAPED", s.recv(100))
except Exception, e:
  log("refused")
`,
  ends: ['exited'],
  untouched: ['host files', 'directory', 'listener'],
} satisfies Attack;
