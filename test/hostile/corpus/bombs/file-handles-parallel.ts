import type { Attack } from '../../attack.js';

export default {
  aim: 'opens thousands of files at once, before the first is counted',
  language: 'javascript',
  source: `
const results = await Promise.allSettled(Array.from({ length: 1000 }, (_, i) => openfile('f' + i, true)));
const opened = results.filter((r) => r.status === 'fulfilled').length;
log(opened > 5 ? 'ESCAPED ' + opened : 'at most five');
`,
  ends: ['exited'],
  untouched: ['host files'],
} satisfies Attack;
