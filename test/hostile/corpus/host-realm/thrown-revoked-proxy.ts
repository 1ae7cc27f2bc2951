import type { Attack } from '../../attack.js';

export default {
  aim: 'throws a revoked proxy, on which every operation throws, so that the reporter itself fails',
  language: 'javascript',
  source: `
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
throw proxy;
`,
  ends: ['uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
