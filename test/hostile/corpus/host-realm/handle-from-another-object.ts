import type { Attack } from '../../attack.js';

export default {
  aim: "calls a handle's methods on objects that aren't handles, and with changed handles",
  language: 'javascript',
  source: `
const file = await openfile('a', true);
for (const self of [{}, null, Object.create(file), new Proxy(file, {}), { ...file }, 7]) {
  try { await file.readat.call(self, 1, 0); log('ESCAPED '); } catch (e) { log(e.name + ' '); }
}
try { file.number = 99; log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(\w+Error ?)+$/,
  leaves: ['a'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
