import type { Attack } from '../../attack.js';

export default {
  aim: 'breaks out of the string literals that the compiler emits',
  language: 'python',
  source: `
a = "\\" + process.exit() + \\""
b = '\\x27); process.exit(); (\\x27'
c = "\`\${process.exit()}\`"
d = "\\xe2\\x80\\xa8 process.exit() //"
e = """*/ process.exit() /*"""
if len(a + b + c + d + e) > 10:
  log("fine")
`,
  ends: ['exited'],
  logs: /^fine$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
