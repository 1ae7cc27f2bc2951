/**
 * Generated programs against the compiler: it never fails, and what it writes refers to nothing but the runtime object, its own
 * constants and its own variables. Seeded and bounded; `make fuzz` goes on for longer.
 */
import fc from 'fast-check';
import t from 'tap';
import { javascriptNames } from './javascript-names.js';
import { brokenRefersToRuntime, given, refersToRuntime } from './python-properties.js';

const parameters = { numRuns: 200, seed: 27 };

t.test('compiled programs refer to nothing but the runtime', async () => {
  fc.assert(refersToRuntime, parameters);
});

t.test('nor do those that were mutilated and pass all the same', async () => {
  fc.assert(brokenRefersToRuntime, parameters);
});

t.test('the analysis sees what it should', async (t) => {
  const names = javascriptNames(
    'const {a:b}=R;for(const c of b){try{d(c.e,this[f])}catch(g){g}}function h(i){return j=>i+j+k}',
    given,
  );
  t.same([...names.free].sort(), ['d', 'f', 'k']);
  t.same([...names.properties].sort(), ['a', 'e']);
  t.ok(names.kinds.has('ThisExpression') && names.kinds.has('MemberExpression[]'));
});
