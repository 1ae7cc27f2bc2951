import type { Attack } from '../../attack.js';

export default {
  aim: "has the compiler's name mangling make a dunder attribute that the check did not see",
  language: 'python',
  source: `
class _:
  def m(self, x):
    return x.__class
class __class:
  pass
log(_().m(1))
log("ESCAPED")
`,
  ends: ['unsafe', 'exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
