import type { Attack } from '../../attack.js';

export default {
  aim: 'catches what the engine throws and looks into it',
  language: 'python',
  source: `
def deep(n):
  return deep(n + 1) + 1
caught = []
try:
  deep(0)
except Exception, e:
  caught.append(e)
try:
  x = "x" * (2 ** 28)
  y = x + x + x
except Exception, e:
  caught.append(e)
for e in caught:
  for name in ["stack", "constructor"]:
    pass
  try:
    log("ESCAPED", e.stack)
  except AttributeError:
    log("none")
  try:
    log("ESCAPED", e.constructor)
  except AttributeError:
    log("none")
log(len(caught) > 0)
`,
  ends: ['exited', 'limit memory'],
  logs: /^none none /,
  untouched: ['host files', 'directory'],
} satisfies Attack;
