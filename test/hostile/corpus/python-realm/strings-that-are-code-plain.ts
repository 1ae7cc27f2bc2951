import type { Attack } from '../../attack.js';

export default {
  aim: 'writes strings that end, escape or comment what the compiler emits',
  language: 'python',
  source: `
a = "\` \${process} </script> \\" ' \\\\ \\n */ // \\xe2\\x80\\xa8"
b = '\\x00\\xff\\\\u0022;process.exit();//'
c = """
\`;}}} R.x; /*
"""
d = {"constructor": 2, "\`": 3, "\\";": 4}
def f(x="\`\${1}\`"):
  """*/ process.exit() /*"""
  return x
log(len(b), len(c), len(d), f())
`,
  ends: ['exited'],
  logs: /^26 15 3 `\$\{1\}`$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
