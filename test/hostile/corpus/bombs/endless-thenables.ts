import type { Attack } from '../../attack.js';

export default {
  aim: 'resolves a promise with a thenable that resolves with another, for ever',
  language: 'javascript',
  source: `
const make = () => ({ then(ok) { ok(make()); } });
await make();
`,
  ends: ['stopped', 'limit memory'],
  stopAfterMs: 300,
  untouched: ['host files', 'directory'],
} satisfies Attack;
