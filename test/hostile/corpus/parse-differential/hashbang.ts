import type { Attack } from '../../attack.js';

export default {
  aim: 'begins with a hashbang, a comment only where the text begins',
  language: 'javascript',
  source: `
#!/usr/bin/env node
log('fine');
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
