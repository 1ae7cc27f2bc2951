import type { Attack } from '../../attack.js';

export default {
  aim: 'never yields',
  language: 'python',
  source: `
while True:
  pass
`,
  ends: ['stopped'],
  stopAfterMs: 200,
  untouched: ['host files', 'directory'],
} satisfies Attack;
