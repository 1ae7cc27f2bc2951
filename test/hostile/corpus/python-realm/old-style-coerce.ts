import type { Attack } from '../../attack.js';

export default {
  aim: 'uses __coerce__ and __cmp__ of old-style classes to be called from inside of operations',
  language: 'python',
  source: `
class C:
  def __cmp__(self, other):
    raise KeyError("x")
  def __hash__(self):
    return 1
d = {C(): 1}
try:
  d[C()] = 2
  log("ESCAPED")
except KeyError:
  log("fine")
`,
  ends: ['unsafe', 'exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
