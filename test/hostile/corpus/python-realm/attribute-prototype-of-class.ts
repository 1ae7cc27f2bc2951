import type { Attack } from '../../attack.js';

export default {
  aim: "reads and changes the engine's prototype of a class",
  language: 'python',
  source: `
class C:
  pass
try:
  C.prototype.polluted = 1
  log("ESCAPED")
except AttributeError:
  log("none")
C.constructor = 1
x = C()
if x.constructor != 1:
  log("ESCAPED")
`,
  ends: ['uncaught', 'unsafe', 'exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
