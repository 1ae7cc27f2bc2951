import type { Attack } from '../../attack.js';

export default {
  aim: 'takes the port of another program by asking again and again',
  language: 'javascript',
  source: `
const answers = new Set();
for (let i = 0; i < 50; i += 1) answers.add(await listenformessage('127.0.0.1', 63000 + i).then(() => 'ESCAPED', (e) => e.name));
log([...answers].join());
`,
  ends: ['exited'],
  logs: /^ResourceForbiddenError$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
