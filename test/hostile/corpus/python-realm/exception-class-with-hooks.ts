import type { Attack } from '../../attack.js';

export default {
  aim: 'raises an exception whose text is made by the program while the report is',
  language: 'python',
  source: `
class E(Exception):
  def __str__(self):
    raise E()
  def __repr__(self):
    raise E()
raise E("x")
`,
  ends: ['unsafe', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
