import type { Attack } from '../../attack.js';

export default {
  aim: 'gives ports and timeouts that overflow 16 bits or are no numbers',
  language: 'javascript',
  source: `
const answers = new Set();
for (const odd of [NaN, Infinity, -Infinity, -0, -1, 0.5, 2 ** 53, 1e308, -1e308, 2 ** 31, 2 ** 32, '1', null, undefined, {}, [], true, Symbol.iterator, 10n]) for (const call of [() => openconnection('127.0.0.1', odd, '127.0.0.1', 12345, 1), () => openconnection('127.0.0.1', 12345, '127.0.0.1', odd, 1), () => openconnection('127.0.0.1', 12345, '127.0.0.1', 12346, odd), () => listenforconnection('127.0.0.1', odd), () => sendmessage('127.0.0.1', odd, 'x', '127.0.0.1', 12345)])
  answers.add(await call().then(() => 'ESCAPED', (e) => e.name));
log([...answers].sort().join());
`,
  ends: ['exited'],
  logs: /^RepyArgumentError,ResourceForbiddenError$|^RepyArgumentError$/,
  untouched: ['host files', 'listener'],
} satisfies Attack;
