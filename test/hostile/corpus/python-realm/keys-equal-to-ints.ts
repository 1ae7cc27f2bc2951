import type { Attack } from '../../attack.js';

export default {
  aim: 'looks for ints in large dicts under every other number that is equal, or nearly',
  language: 'python',
  source: `
d = {}
for i in range(200):
  d[i] = i
d[True] = "t"
d[2.0] = "f"
d[3L] = "l"
d[-0.0] = "z"
log(d[1], d[2], d[3], d[0], len(d), d.keys()[:4])
for n in [2 ** 31, -2 ** 31, 2 ** 31 - 1, -2 ** 31 - 1, 2 ** 32, 2 ** 32 + 7, 2 ** 53, 2 ** 53 + 1, 2 ** 64, 0.5, 7.25]:
  if n in d or d.get(n) is not None:
    log("ESCAPED", n)
  d[n] = n
  if d[n] != n or not d.has_key(n):
    log("ESCAPED", n)
nan = float("nan")
if nan in d or d.get(float("inf")) is not None or (1,) in d or None in d or "5" in d or False not in d:
  log("ESCAPED")
log(len(d), d[7], d[7 + 2 ** 32])
`,
  ends: ['exited'],
  logs: /^t f l z 200 \[0, 1, 2, 3\] 211 7 4294967303$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
