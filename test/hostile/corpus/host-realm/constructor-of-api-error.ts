import type { Attack } from '../../attack.js';

export default {
  aim: "climbs from an exception that the API threw to a constructor of the runtime's realm",
  language: 'javascript',
  source: `
try { await openfile('none', false); } catch (error) {
  log(error.name + ' ');
  try { error.constructor.constructor('return process')(); log('ESCAPED'); } catch (e) { log(e.name); }
}
`,
  ends: ['exited'],
  logs: /FileNotFoundError TypeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
