import type { Attack } from '../../attack.js';

export default {
  aim: 'divides longs about the sizes at which native code takes over, by words of every kind',
  language: 'python',
  source: `
divisors = [3, -3, 7L, -7L, 2 ** 31, -2 ** 31, 2 ** 32 + 1, 2 ** 53 - 1, 2 ** 62, 2 ** 63 - 1, -2 ** 63, 2 ** 63, 2 ** 64 - 1, 1 - 2 ** 64, 2 ** 64, 2 ** 64 + 1, 10 ** 19, 1, -1, True]
sizes = [3071, 3072, 3073, 8191, 8192, 8193, 524287, 524288, 524289]
bad = 0
for bits in sizes:
  for x in [(1 << bits) - 1, 1 << bits, -(1 << bits), (1 << bits) // 3]:
    for d in divisors:
      q = x // d
      r = x % d
      if q * d + r != x or divmod(x, d) != (q, r):
        bad += 1
      if d > 0 and not 0 <= r < d or d < 0 and not d < r <= 0:
        bad += 1
for zero in [0, 0L, False, 0.0]:
  for x in [1 << 9000, -(1 << 9000)]:
    for by in range(2):
      try:
        if by == 0:
          x // zero
        else:
          x % zero
        log("ESCAPED")
      except (ZeroDivisionError, OverflowError):
        pass
log(bad)
`,
  ends: ['exited', 'limit memory'],
  logs: /^0$/,
  restrictions: ['memory 200000000', 'cpu 1'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
