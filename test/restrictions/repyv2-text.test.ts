import t from 'tap';
import { RestrictionsError } from '../../restrictions/errors.js';
import { parseRepyV2Text } from '../../restrictions/repyv2-text.js';
import { readProjectFile } from './project-files.js';

interface Case {
  readonly name: string;
  /** Whether the required resources are put in front, on four lines. */
  readonly base?: boolean;
  readonly text: string;
  readonly error?: string;
  readonly message?: string;
  readonly line?: number;
  readonly limits?: Readonly<Record<string, number | 'Infinity'>>;
  readonly messport?: readonly number[];
  readonly calls?: readonly string[];
}

const base = 'resource cpu 1\nresource memory 15000000\nresource diskused 1000\nresource events 1\n';

const cases: readonly Case[] = JSON.parse(
  Buffer.from(readProjectFile('test/fixtures/restrictions/recorded.json')).toString(),
);

// Each case that RepyV2 was seen to refuse or run, with its message; `refused-` are those that it accepts and then fails on.
for (const recorded of cases) {
  t.test(recorded.name, async (t) => {
    const text = (recorded.base === true ? base : '') + recorded.text;
    if (recorded.error !== undefined) {
      const error = thrownBy(() => parseRepyV2Text(text));
      t.equal(error?.name, recorded.error);
      t.equal(error?.message, recorded.message);
      t.equal(error?.line, recorded.line);
      return;
    }
    const restrictions = parseRepyV2Text(text);
    for (const [name, limit] of Object.entries(recorded.limits ?? {})) {
      t.equal(restrictions.limits[name], limit === 'Infinity' ? Number.POSITIVE_INFINITY : limit, name);
    }
    if (recorded.messport !== undefined) t.same([...restrictions.messport], recorded.messport);
    if (recorded.calls !== undefined) t.same(restrictions.calls, recorded.calls);
  });
}

t.test('every numeric resource has a limit, 0 where none is given', async (t) => {
  const { limits, messport, connport, allowDegraded } = parseRepyV2Text(base);
  t.equal(Object.keys(limits).length, 15);
  t.equal(limits.lograte, 0);
  t.equal(messport.size + connport.size, 0);
  t.equal(allowDegraded, false);
});

function thrownBy(action: () => unknown): RestrictionsError | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof RestrictionsError) return error;
    throw error;
  }
  return undefined;
}
