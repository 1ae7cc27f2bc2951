import type { Attack } from '../../attack.js';

export default {
  aim: 'never returns from the conversion of an argument',
  language: 'python',
  source: `
class C:
  def __str__(self):
    while True:
      pass
log(str(C()))
`,
  ends: ['stopped', 'unsafe'],
  stopAfterMs: 200,
  untouched: ['host files', 'directory'],
} satisfies Attack;
