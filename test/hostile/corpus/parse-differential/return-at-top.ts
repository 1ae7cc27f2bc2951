import type { Attack } from '../../attack.js';

export default {
  aim: 'returns from the wrapper with a value of its own',
  language: 'javascript',
  source: `
return { then: () => log('ESCAPED') };
`,
  ends: ['unsafe', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
