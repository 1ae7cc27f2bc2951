import type { Attack } from '../../attack.js';

export default {
  aim: 'forks by every name that a process could be made by',
  language: 'javascript',
  source: `
for (const name of ['fork', 'spawn', 'exec', 'Worker', 'process', 'child_process', 'cluster']) if (name in log || name in Object || name in console) log('ESCAPED');
for (let i = 0; i < 10000; i += 1) createthread(() => {});
`,
  ends: ['exited', 'uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
