import t from 'tap';
import { SoftSpace } from '../../../child-runtime/api/soft-space.js';

/** Each list is one log call. The texts are what RepyV2 wrote. */
const cases: ReadonlyArray<readonly [calls: readonly (readonly string[])[], written: string]> = [
  [[['a'], ['b', 'c\n'], ['d']], 'a b c\nd'],
  [[['1', '2', '3'], ['a\n'], ['None', '1.5', '\n']], '1 2 3 a\nNone 1.5 \n'],
  [[[''], ['x']], ' x'],
  [[['a\t'], ['b'], ['c '], ['d']], 'a\tb c  d'],
  [[['a\r'], ['b\v'], ['c\f'], ['d']], 'a\rb\vc\fd'],
  [[[], ['a'], []], 'a'],
  [[['a\n', 'b'], ['\n'], ['c']], 'a\nb \nc'],
];

t.test('spaces go between items as RepyV2 puts them, across calls', async (t) => {
  for (const [calls, written] of cases) {
    const softSpace = new SoftSpace();
    t.equal(calls.map((items) => softSpace.join(items)).join(''), written, JSON.stringify(calls));
  }
});
