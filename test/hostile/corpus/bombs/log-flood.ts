import type { Attack } from '../../attack.js';

export default {
  aim: 'floods the log faster than its rate',
  language: 'javascript',
  source: `
for (;;) await log('x'.repeat(1000));
`,
  ends: ['stopped'],
  stopAfterMs: 300,
  restrictions: ['lograte 10000'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
