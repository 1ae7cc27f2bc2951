import type { Attack } from '../../attack.js';

export default {
  aim: 'makes short texts while short texts are put together',
  language: 'python',
  source: `
class S:
  def __init__(self, text):
    self.text = text
  def __str__(self):
    inner = str(1) + ":" + hex(255) + ":" + str(77777)
    other = "%d,%x,%s" % (123456, 54321, "zz")
    if inner != "1:0xff:77777" or other != "123456,d431,zz":
      log("ESCAPED", inner, other)
    return self.text
log("%s:%d:%s:%x" % (S("abc"), 5, S("def"), 255))
log(str(S("q")) + ":" + str(12) + ":" + hex(99) + "," + str(S("w")))
all = ""
for i in range(3):
  all += "%05d|%s" % (i, S("x" * 20)) + str(i) + "," + str(S("y")) + "-" + hex(i)
log(all)
`,
  ends: ['exited'],
  logs: /^abc:5:def:ff q:12:0x63,w 00000\|x{20}0,y-0x000001\|x{20}1,y-0x100002\|x{20}2,y-0x2$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
