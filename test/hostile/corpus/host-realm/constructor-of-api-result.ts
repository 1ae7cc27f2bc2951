import type { Attack } from '../../attack.js';

export default {
  aim: "climbs from what an API call returned to a constructor of the runtime's realm",
  language: 'javascript',
  source: `
const file = await openfile('a', true);
for (const value of [file, listfiles(), getresources(), randombytes()]) {
  try { value.constructor.constructor('return process')(); log('ESCAPED'); } catch (e) { log(e.name + ';'); }
}
await file.close();
await removefile('a');
`,
  ends: ['exited'],
  logs: /^(TypeError; ?){4}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
