import type { Attack } from '../../attack.js';

export default {
  aim: 'lets calls in a try fail before their functions begin, and calls these where no try is',
  language: 'python',
  source: `
class E(Exception):
  pass
def maybe(v):
  if v is None:
    raise E("none")
  return v
def plain(f, v):
  return f(v)
def deep(n):
  x = deep(n + 1)
  if n < 0:
    raise E("never")
  return x
def at_the_bottom(n):
  try:
    x = at_the_bottom(n + 1)
  except RuntimeError:
    y = None
    try:
      y = maybe(None)
    except (E, RuntimeError):
      pass
    if y is not None:
      log("ESCAPED", y)
    return 1
  return x
seen = 0
for a in [(), (1, 2), (1, 2, 3)]:
  try:
    x = maybe(*a)
    log("ESCAPED", x)
  except TypeError:
    seen += 1
try:
  x = maybe()
except TypeError:
  seen += 1
for i in range(3):
  try:
    x = deep(0)
    log("ESCAPED", x)
  except RuntimeError:
    seen += 1
  try:
    x = at_the_bottom(0)
  except (E, RuntimeError):
    pass
  try:
    y = plain(maybe, None)
    log("ESCAPED", y)
  except E:
    seen += 1
  try:
    log("ESCAPED", map(maybe, [None]))
  except E:
    seen += 1
log(seen)
`,
  ends: ['exited'],
  logs: /^13$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
