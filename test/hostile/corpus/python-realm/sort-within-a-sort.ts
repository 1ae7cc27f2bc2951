import type { Attack } from '../../attack.js';

export default {
  aim: 'sorts other lists, of every kind that has a sort of its own, while one is sorted',
  language: 'python',
  source: `
import_free = True
def neg(x):
  return -x
kinds = [range(400), [x / 4.0 for x in range(400)], [str(x + 1000) for x in range(400)], [(x % 3, x) for x in range(400)],
         [x * 5000000000 for x in range(400)], [(str(x % 5), -x) for x in range(400)]]
wanted = []
for k in kinds:
  c = k[:]
  c.sort()
  wanted.append(c)
state = [0, 0]
def inner():
  state[0] += 1
  n = state[0] % len(kinds)
  m = kinds[n][:]
  m.reverse()
  m.sort()
  if m != wanted[n]:
    state[1] += 1
def order(x, y):
  inner()
  return cmp(y, x)
def key(x):
  inner()
  return x % 7 * 1000 + x
a = range(300)
a.sort(order)
b = range(300)
b.sort(key=key)
log(a == range(299, -1, -1), b[:3], state[1], state[0] > 500)
`,
  ends: ['exited'],
  logs: /^True \[0, 7, 14\] 0 True$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
