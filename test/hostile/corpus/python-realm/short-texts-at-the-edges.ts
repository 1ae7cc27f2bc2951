import type { Attack } from '../../attack.js';

export default {
  aim: 'puts together texts of every length about the bounds, of numbers about theirs',
  language: 'python',
  source: `
numbers = [0, 9, 10, 99, 100, 999, 1000, 999999, 1000000, 999999999, 1000000000, 2147483647, 2147483648, 4294967295, 2 ** 53, 2 ** 62, 5L, 2 ** 70]
numbers = numbers + [-n for n in numbers]
def digits(n):
  if n < 0:
    return "-" + digits(-n)
  text = ""
  while True:
    text = chr(48 + int(n % 10)) + text
    n = n // 10
    if n == 0:
      return text
bad = 0
for n in numbers:
  for width in range(0, 32):
    pad = "p" * width
    wanted = [pad, ":", digits(n), ";", pad]
    if pad + ":" + str(n) + ";" + pad != "".join(wanted):
      bad += 1
    if "%s:%d;%s" % (pad, n, pad) != "".join(wanted):
      bad += 1
    if str(pad) + ":" + str(n) + ";" + str(n) != "".join([pad, ":", digits(n), ";", digits(n)]):
      bad += 1
  if "%016d|%016d" % (n, n) != "%s|%s" % (digits(n).zfill(16), digits(n).zfill(16)):
    bad += 1
for length in [11, 12, 13, 14, 24, 25, 255, 256, 257, 1000]:
  half = "a" * (length // 2)
  text = half + "b" * (length - length // 2)
  kept = {text: 1}
  if kept.get("".join(["a"] * len(half) + ["b"] * (length - len(half)))) != 1:
    bad += 1
log(bad)
`,
  ends: ['exited'],
  logs: /^0$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
