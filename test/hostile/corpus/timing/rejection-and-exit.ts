import type { Attack } from '../../attack.js';

export default {
  aim: 'reports an uncaught rejection and an end at once',
  language: 'javascript',
  source: `
Promise.reject(new Error('x'));
queueMicrotask(() => exitall());
`,
  ends: ['uncaught', 'exitall'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
