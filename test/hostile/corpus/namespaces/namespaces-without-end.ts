import type { Attack } from '../../attack.js';

export default {
  aim: 'compiles namespaces until something breaks',
  language: 'javascript',
  source: `
for (let i = 0; ; i += 1) { const code = createvirtualnamespace('var a' + i + ' = [' + '1, '.repeat(1000) + '1];', 'n' + i); await code.evaluate({}); }
`,
  ends: ['limit memory', 'stopped'],
  untouched: ['host files', 'directory'],
  stopAfterMs: 1500,
} satisfies Attack;
