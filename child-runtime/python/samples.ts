/** Programs that touch what ordinary programs use. */
import type { Sample } from '../warm/run-sample.js';
import { sampleOfValues } from './sample-of-values.js';

const sources: readonly string[] = [
  `
def add(a, b=2):
  return a + b

class Shape(object):
  def __init__(self, w):
    self.w = w
  def area(self):
    return self.w * self.w

total = 0
for i in xrange(50):
  total += add(i) + Shape(i).area() % 7
words = {}
for w in "a b c a".split():
  words[w] = words.get(w, 0) + 1
items = words.items()
items.sort()
try:
  raise ValueError("x")
except ValueError, e:
  log("%s %d\\n" % (str(e), total))
log(items, [x * 2 for x in range(5) if x > 1], 1.5 / 2, 2 ** 70, "\\n")
`,
];

export const samples: readonly Sample[] = [...sources, sampleOfValues].map((source) => ({
  language: 'python',
  source,
}));
