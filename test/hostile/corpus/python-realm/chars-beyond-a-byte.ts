import type { Attack } from '../../attack.js';

export default {
  aim: 'tries to make a str of chars that no byte has, of which the runtime makes keys of its own',
  language: 'python',
  source: String.raw`
def up(): return "\xff\xb5\xdf\xe9".upper() + "\xff\xb5\xdf\xc9".lower() + "\xb5\xdf".title() + "\xff\xdf".swapcase() + "\xb5x".capitalize()
def c1(): return "%c" % 256
def c2(): return "{0:c}".format(300)
def c3(): return chr(256)
def c4(): return "%c" % "\u0100"
def c5(): return "\u0100\N{DIGIT ONE}"
def c6(): return "a".replace("a", "\xff").join(["\xc3\xbf"] * 2)
def c7(): return repr("\xff") + str(["\xff"]) + hex(255) + "%r" % ["\xff"]
def c8(): return "\xff".center(20, "\xfe").expandtabs().zfill(30)
def c9(): return "abc".translate("\xff" * 256)
top = 0
refused = 0
for make in [up, c1, c2, c3, c4, c5, c6, c7, c8, c9]:
  try:
    for char in make():
      top = max(top, ord(char))
  except (OverflowError, ValueError, TypeError):
    refused += 1
d = {(1, 2): "tuple", frozenset([1]): "set", 1j: "complex", (): "empty"}
for key in ["\x00\x01", "\x01\x02", "", "\x00", "\x04\x01"]:
  if key in d:
    log("ESCAPED", key)
log(top, refused)
`,
  ends: ['exited'],
  logs: /^255 4$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
