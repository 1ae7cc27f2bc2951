/** What must hold of the files that an operator gives, and of texts that a guest had a hand in and an operator sees. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { RestrictionsError } from '../../restrictions/errors.js';
import { formatRepyV2Text } from '../../restrictions/format.js';
import { loadRestrictions } from '../../restrictions/load.js';
import { sanitiseLine, sanitiseText } from '../../supervisor/cli/sanitise.js';
import { projectFile, readProjectFile } from '../restrictions/project-files.js';

const samples = readdirSync(projectFile('restrictions/samples/')).map((name) =>
  Buffer.from(readProjectFile(`restrictions/samples/${name}`)).toString('latin1'),
);
const pieces = fc.oneof(
  fc.constantFrom(
    'resource cpu ',
    'resource ',
    'call ',
    '#',
    '{"resources":',
    '{"network":{"allow":["',
    '\n',
    '1',
    'inf',
    'nan',
    '-1',
    '1e400',
    '0x10',
    '}',
    ']',
    '\0',
    '"',
    '__proto__',
    'constructor',
    '\ufeff',
    '10.0.0.0/8',
    '::/0',
  ),
  fc.string({ maxLength: 5 }),
);
const soup = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
/** A sample in which some parts were replaced. */
const mutilated = fc
  .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(), fc.nat(20), pieces), { minLength: 1, maxLength: 4 }))
  .map(([sample, changes]) =>
    changes.reduce((text, [where, length, piece]) => {
      const at = where % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + length);
    }, sample),
  );
const file = fc.oneof(
  soup.map((text) => Buffer.from(text)),
  mutilated.map((text) => Buffer.from(text)),
  fc.uint8Array(),
);

/** Any bytes load, and then say the same when written and read again, with finite or infinite numbers that aren't negative; or fail with a typed error. */
export const restrictionsLoad = fc.property(file, (bytes) => {
  let loaded: ReturnType<typeof loadRestrictions>;
  try {
    loaded = loadRestrictions(bytes);
  } catch (error) {
    if (error instanceof RestrictionsError) return;
    throw error;
  }
  for (const [name, limit] of Object.entries(loaded.limits)) if (!(limit >= 0)) throw new Error(`${name} is ${limit}`);
  for (const port of [...loaded.messport, ...loaded.connport])
    if (!Number.isInteger(port)) throw new Error(`port ${port}`);
  const again = loadRestrictions(Buffer.from(formatRepyV2Text(loaded)));
  for (const [name, limit] of Object.entries(loaded.limits))
    if (again.limits[name] !== limit)
      throw new Error(`${name}: ${limit} was written and read as ${again.limits[name]}`);
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '\x1b',
        '[2J',
        '\x9b',
        '\u202e',
        '\u200b',
        '\r',
        '\n',
        '\t',
        'a',
        '\ud800',
        '\u{e0001}',
        '\x07',
        '\u2028',
      ),
    )
    .map((parts) => parts.join('')),
);

/** What is printed has no character that steers a terminal or hides. */
export const printedText = fc.property(text, (given) => {
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(sanitiseLine(given))) throw new Error('a line with a control character');
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(sanitiseText(given).replace(/[\n\t]/g, ''))) throw new Error('a text with one');
});
