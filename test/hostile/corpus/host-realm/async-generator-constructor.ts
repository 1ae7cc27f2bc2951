import type { Attack } from '../../attack.js';

export default {
  aim: 'makes code of a string by the constructor of async generators',
  language: 'javascript',
  source: `
try {
  const make = Object.getPrototypeOf(async function* () {}).constructor;
  await make('yield 1')().next();
  log('ESCAPED');
} catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /TypeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
