import type { Attack } from '../../attack.js';

export default {
  aim: 'declares a global in types, so that only the emitted code uses it',
  language: 'typescript',
  source: `
declare const process: any;
declare global { var x: number }
log('ESCAPED ' + process.pid);
`,
  ends: ['unsafe', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
