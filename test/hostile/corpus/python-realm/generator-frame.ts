import type { Attack } from '../../attack.js';

export default {
  aim: 'climbs from a generator to its frame and from there to the globals of its caller',
  language: 'python',
  source: `
def g():
  yield 1
log("ESCAPED", g().gi_frame.f_back.f_globals)
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
