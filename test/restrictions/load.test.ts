import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { RestrictionsError, RestrictionsSizeError } from '../../restrictions/errors.js';
import { formatJsonPolicy, formatRepyV2Text } from '../../restrictions/format.js';
import { loadRestrictions } from '../../restrictions/load.js';
import { defaultNetwork } from '../../restrictions/network-rules.js';
import { greatestFile } from '../../restrictions/read.js';
import { numericResources } from '../../restrictions/resources.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { projectFile, readProjectFile } from './project-files.js';

const encode = (text: string) => new TextEncoder().encode(text);

t.test('every sample loads', async (t) => {
  const samples = readdirSync(projectFile('restrictions/samples/'));
  t.ok(samples.length >= 4);
  for (const sample of samples) {
    const { limits } = loadRestrictions(readProjectFile(`restrictions/samples/${sample}`));
    t.ok((limits.memory ?? 0) >= 15_000_000, sample);
  }
});

t.test('the two default samples say the same', async (t) => {
  t.same(loadRestrictions(readProjectFile('restrictions/samples/default.json')), {
    ...loadRestrictions(readProjectFile('restrictions/samples/default.restrictions')),
    network: defaultNetwork,
  });
});

t.test('text and JSON are told apart by content', async (t) => {
  t.throws(() => loadRestrictions(encode(' \r\n{}')), { name: 'PolicyError' });
  t.throws(() => loadRestrictions(encode('\ufeff{}')), { name: 'PolicyError' });
  t.throws(() => loadRestrictions(encode('# {}\n')), { name: 'ResourceMathError' });
  t.throws(() => loadRestrictions(encode('"x"')), { name: 'ResourceParseError' });
});

t.test('a file beyond the bound is refused unread', async (t) => {
  t.throws(() => loadRestrictions(new Uint8Array(greatestFile + 1)), RestrictionsSizeError);
});

const limits = fc.record(
  Object.fromEntries(
    numericResources.map((resource) => [
      resource.name,
      resource.number === 'int'
        ? fc.integer({ min: 1, max: 2 ** 50 })
        : fc.oneof(fc.double({ min: 0.001, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)),
    ]),
  ),
);
const ports = fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { maxLength: 5 }).map((list) => new Set(list));
const restrictions: fc.Arbitrary<Restrictions> = fc.record({
  limits,
  messport: ports,
  connport: ports,
  allowDegraded: fc.constant(false),
  calls: fc.constant([]),
});

t.test('what is written loads as the same restrictions', async (t) => {
  fc.assert(
    fc.property(restrictions, (written) => {
      t.same(loadRestrictions(encode(formatRepyV2Text(written))), written);
      // A JSON policy is never silent about the network.
      t.same(loadRestrictions(encode(formatJsonPolicy(written))), { ...written, network: defaultNetwork });
    }),
    { numRuns: 50, seed: 7 },
  );
});

t.test('any bytes load or fail with a typed error', async (t) => {
  const line = fc.constantFrom(
    'resource cpu ',
    'resource ',
    'call ',
    '#',
    '{"resources":',
    '\n',
    '1',
    'inf',
    '}',
    '\0',
    '"',
  );
  const text = fc.array(fc.oneof(line, fc.string({ maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(text.map(encode), fc.uint8Array()), (bytes) => {
      try {
        loadRestrictions(bytes);
      } catch (error) {
        if (!(error instanceof RestrictionsError)) throw error;
      }
    }),
    { numRuns: 2000, seed: 7 },
  );
  t.pass();
});
