import type { Attack } from '../../attack.js';

export default {
  aim: 'has a decorator called while the module is set up',
  language: 'python',
  source: `
def d(f):
  return log
@d
def g(x): pass
g("fine")
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
