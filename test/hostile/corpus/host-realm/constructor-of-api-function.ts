import type { Attack } from '../../attack.js';

export default {
  aim: 'takes the constructor of an API function, which the runtime made in its own realm',
  language: 'javascript',
  source: `
for (const f of [log, sleep, openfile, console.log, setTimeout]) {
  try { f.constructor('return process')().exit(); log('ESCAPED'); } catch (e) { log(e.name, ''); log(' '); }
}
`,
  ends: ['exited'],
  logs: /^(TypeError ?){5}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
