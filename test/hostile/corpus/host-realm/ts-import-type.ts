import type { Attack } from '../../attack.js';

export default {
  aim: 'names a module in a type alone, which must not load it',
  language: 'typescript',
  source: `
type Fs = typeof import('node:fs');
const x: Fs | undefined = undefined;
log('fine');
`,
  ends: ['exited'],
  logs: /^fine$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
