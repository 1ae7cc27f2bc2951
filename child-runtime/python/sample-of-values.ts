/**
 * A program that works with values of every built-in type, in loops long enough that the engine compiles the operations behind them.
 * It runs in the zygote, so children start with that machine code.
 */
export const sampleOfValues = `
def numbers(n):
  x = 12345
  y = 42
  total = 0
  f = 0.5
  g = 1.5
  for i in xrange(n):
    x = (x * 1103515245 + 12345) % 2147483648
    y = (y * 69069 + 1) % 4294967296
    total = (total + y % 5003 + x // 65536 % 1000) & 0xffffff
    total = (total << 3 ^ x >> 5 | i) & 0xffffffff
    f = f * 0.75 + g - i / 3.0
    g = (f - 0.25) * 1.0 / (i + 0.5)
    if f < g or f >= 100.0 or f == g:
      f = g ** 2 % 7.5 + abs(f) ** 0.5
    if total > x:
      total -= x % 1000
    if total != i and total <= 9007199254740993:
      total = int(f * 1000) % 65536
  return total, f

def longs(n):
  a = 0x67452301L
  for i in xrange(n):
    a = ((a << 5 | a >> 27) + (a ^ i) * 3) & 0xffffffffL
  return a

def texts(n):
  parts = []
  count = 0
  s = ""
  for i in xrange(n):
    t = str(i) + ":" + hex(i)
    parts.append(t)
    s += chr(97 + i % 26)
    if t.find("0x1") >= 0 and t[-1] == "f" or t.startswith("9") or "x" in t:
      count += ord(t[0]) + len(t)
    count += len("%05d %s %x" % (i, "abc", i))
    for k in (i * 30011, i * 900001, i * 90000001, -i):
      count += len("%s %d %x" % (k, k, k)) + len(str(k)) + len(hex(k))
    if i % 8 == 0:
      count += len(t[1:]) + int(t.split(":")[0]) + len(t.replace("0", "zero").upper().strip())
      count += len("%r %.2f %d" % (t, i / 7.0, i)) + len(repr(i / 7.0)) + len(str(i / 7.0))
  return ",".join(parts).split(","), count, s

def dicts(n):
  counts = {}
  names = {}
  pairs = {}
  seen = set()
  for i in xrange(n):
    k = i * 7919 % 701
    if k in counts:
      counts[k] += 1
    else:
      counts[k] = 1
    w = "w" + str(k)
    names[w] = names.get(w, 0) + 1
    pairs[(k % 10, i % 7)] = w
    if w not in seen:
      seen.add(w)
  total = 0
  for k in counts:
    total += counts[k]
  for w, c in names.items():
    total += c
  for p in pairs.keys():
    total += p[0]
  return names, total

def lists(n):
  out = []
  x = 7
  for i in xrange(n):
    x = (x * 69069 + 1) % 4294967296
    out.append(x)
  flags = [True] * (n + 1)
  for i in xrange(0, n, 3):
    flags[i] = False
    out[i] += 1
  out.sort()
  pairs = [(v % 97, v) for v in out]
  pairs.sort()
  words = ["k" + str(v % 1000) for v in out]
  words.sort()
  half = out[:40]
  half.sort(bykey)
  half.reverse()
  return out[-1], pairs[0], words[1:3], half.pop(), len([v for v in out if v > 5])

def bykey(a, b):
  return cmp(a % 1000, b % 1000)

numbers(40)
longs(20)
texts(40)
names, n = dicts(60)
items = names.items()
items.sort()
lists(80)
big = 3 ** 200 % 1000007 + pow(3, 2000, 10 ** 20 + 7) + len(str(2 ** 2000))
`;
