import type { Attack } from '../../attack.js';

export default {
  aim: "defines __getattr__ on an old-style class so that the runtime's lookups call the program",
  language: 'python',
  source: `
class C:
  def __getattr__(self, name):
    log(name, "")
    raise AttributeError(name)
try:
  log(C().x)
except AttributeError:
  pass
def a():
  len(C())
def b():
  openfile(C(), True)
def c():
  sleep(C())
for f in [a, b, c]:
  try:
    f()
  except Exception, e:
    log("refused")
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
