import type { Attack } from '../../attack.js';

export default {
  aim: 'mixes tabs and spaces so that the check sees another block than the compiler',
  language: 'python',
  source: `
if False:
        log("a")
	log("ESCAPED")
`,
  ends: ['unsafe', 'exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
