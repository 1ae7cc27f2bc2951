import type { Attack } from '../../attack.js';

export default {
  aim: 'formats with a width beyond memory',
  language: 'python',
  source: `
def a():
  return "%999999999d" % 1
def b():
  return "{0:>999999999}".format(1)
def c():
  return "%.*f" % (10 ** 9, 1.0)
for f in [a, b, c]:
  try:
    if len(f()) > 10 ** 8:
      log("ESCAPED")
  except Exception, e:
    log("refused;")
`,
  ends: ['uncaught', 'exited', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
