import type { Attack } from '../../attack.js';

export default {
  aim: 'ends with more in its log than lograte lets through, to keep the supervisor waiting',
  language: 'javascript',
  source: `
for (let i = 0; i < 30; i++) log('x'.repeat(5000)).catch(() => {});
exitall();
`,
  ends: ['exitall', 'stopped'],
  restrictions: ['lograte 1000'],
  stopAfterMs: 1500,
  untouched: ['host files', 'directory'],
} satisfies Attack;
