import type { Attack } from '../../attack.js';

export default {
  aim: 'looks for tuples of which parts could be taken for other parts',
  language: 'python',
  source: String.raw`
parts = [1, "1", 1L, 1.5, "1.5", (1,), "(1,)", None, "None", (), "", (1, 2), ((1,), 2), (1, (2,)), ("1", 2), ("12",), ("1", "2"), 16384, 16383, -1, 2 ** 53, 2 ** 53 + 1, 2 ** 70, 1j, frozenset([1]), frozenset(["1"]), frozenset([1, 2]), len, int, "\x01", "\x06"]
keys = []
for a in parts:
  keys.append((a,))
  for b in parts:
    keys.append((a, b))
    keys.append(((a,), b))
    keys.append((a, (b,)))
    keys.append((a, b, a))
d = {}
for i in range(len(keys)):
  d.setdefault(keys[i], []).append(i)
bad = 0
for k in keys:
  for i in d[k]:
    if keys[i] != k:
      bad += 1
some = [k for k in keys if len(k) == 2][:300]
for a in some:
  for b in some:
    if (a == b) != (d[a] is d[b]):
      bad += 1
log(bad, len(some))
`,
  ends: ['exited'],
  logs: /^0 300$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
