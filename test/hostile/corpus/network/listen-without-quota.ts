import type { Attack } from '../../attack.js';

export default {
  aim: 'listens without any right to',
  language: 'javascript',
  source: `
for (const port of [50005, 1]) for (const f of [listenforconnection, listenformessage]) try { await f('127.0.0.1', port); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(\w+Error ?)+$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
