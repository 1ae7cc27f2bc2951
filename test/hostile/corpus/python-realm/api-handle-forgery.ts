import type { Attack } from '../../attack.js';

export default {
  aim: "calls a handle's method with another object as its self",
  language: 'python',
  source: `
class Fake:
  pass
f = openfile("a", True)
try:
  Fake.readat = f.readat
  if Fake().readat(1, 0) != "":
    log("ESCAPED")
except Exception, e:
  log("refused")
f.close()
removefile("a")
`,
  ends: ['exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
