import type { Attack } from '../../attack.js';

export default {
  aim: 'joins lines by backslashes in places where another tokenizer would not',
  language: 'python',
  source: String.raw`
# comment \
log("fine")
x = 1 \
  + 1
if x != 2:
  log("ESCAPED")
`,
  ends: ['exited', 'unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
