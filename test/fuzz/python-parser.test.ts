/** Generated programs against the parser and the checks. Seeded and bounded; `make fuzz` goes on for longer. */
import fc from 'fast-check';
import t from 'tap';
import { getsAnswer, survivesUnparsing } from './python-properties.js';

const parameters = { numRuns: 300, seed: 27 };

t.test('programs of the dialect are accepted, and survive being written out and read again', async () => {
  fc.assert(survivesUnparsing, parameters);
});

for (const [name, property] of Object.entries(getsAnswer)) {
  t.test(`${name} get an answer`, async () => {
    fc.assert(property, { ...parameters, numRuns: parameters.numRuns * 3 });
  });
}
