import type { Attack } from '../../attack.js';

export default {
  aim: 'keeps the promise jobs running for ever, so that no timer and no answer is ever seen',
  language: 'javascript',
  source: `
const again = () => Promise.resolve().then(again);
await again();
`,
  ends: ['stopped'],
  stopAfterMs: 200,
  untouched: ['host files', 'directory'],
} satisfies Attack;
