import type { Attack } from '../../attack.js';

export default {
  aim: "floods the host's name service",
  language: 'javascript',
  source: `
for (let i = 0; ; i++) await gethostbyname('localhost').catch(() => {});
`,
  ends: ['stopped'],
  stopAfterMs: 400,
  restrictions: ['netsend 2000', 'netrecv 5000'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
