import type { Attack } from '../../attack.js';

export default {
  aim: 'starts a thread in each thread',
  language: 'javascript',
  source: `
let made = 0, refused = 0;
const bomb = async () => { made += 1; await sleep(0.001); for (let i = 0; i < 2; i += 1) try { createthread(bomb); } catch (e) { refused += 1; } };
await bomb();
for (let i = 0; i < 200 && refused === 0; i += 1) await sleep(0.01);
log(refused > 0 ? 'refused' : 'ESCAPED');
exitall();
`,
  ends: ['exited', 'exitall', 'uncaught'],
  logs: /^refused$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
