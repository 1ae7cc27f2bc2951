/** The values of restricted Python against CPython 2.7's recorded answers (test/fixtures/python/values, made by generate.py). */
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { PyTuple } from '../../../child-runtime/python/values.js';
import { useFakeModel } from './fake-model.js';
import { readLiteral } from './literals.js';
import { attempt, operationNamed } from './operations.js';

interface Recorded {
  readonly strings: readonly string[];
  readonly groups: ReadonlyArray<
    | { readonly name: string; readonly cases: ReadonlyArray<readonly [string, string, number]> }
    | {
        readonly name: string;
        readonly values: readonly string[];
        readonly table: Readonly<Record<string, readonly number[]>>;
      }
  >;
}

useFakeModel();

const folder = new URL('../../../../test/fixtures/python/values/', import.meta.url);
const SHOWN = Number(process.env.SHOW_DIFFERENCES ?? 5);

function answer(operation: string, source: string): string {
  const args = (readLiteral(source) as PyTuple).a;
  return attempt(() => operationNamed(operation)(...args));
}

/**
 * Powers of floats and complexes come from the engine's pow, sin and cos, which round the last digit otherwise than C's in one
 * case of ten on Node 20 (one in 20,000 on the pinned engine, where only complex powers differ).
 */
function isClose(a: string, b: string): boolean {
  const number = /\d+\.\d+(?:e[+-]\d+)?/g;
  if (a.replace(number, '#') !== b.replace(number, '#')) return false;
  const numbers = a.match(number) ?? [];
  return (b.match(number) ?? []).every((text, i) => Math.abs(Number(text) / Number(numbers[i]) - 1) < 1e-15);
}

/** Every case of a group as operation, argument source, expected answer. */
function* casesOf(recorded: Recorded, group: Recorded['groups'][number]): Generator<[string, string, string]> {
  if ('cases' in group) {
    for (const [operation, source, result] of group.cases) yield [operation, source, recorded.strings[result]!];
    return;
  }
  for (const [operation, results] of Object.entries(group.table)) {
    let at = 0;
    for (const a of group.values) {
      for (const b of group.values) yield [operation, `(${a}, ${b})`, recorded.strings[results[at++]!]!];
    }
  }
}

for (const file of ['numbers', 'conversions', 'mixed', 'texts', 'formats', 'containers']) {
  t.test(file, (t) => {
    const recorded = JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')) as Recorded;
    for (const group of recorded.groups) {
      let count = 0;
      const wrong: string[] = [];
      for (const [operation, source, expected] of casesOf(recorded, group)) {
        count += 1;
        let found: string;
        try {
          found = answer(operation, source);
        } catch (error) {
          found = `crash: ${(error as Error).stack}`;
        }
        if (found !== expected && expected !== '?' && !(operation.startsWith('power') && isClose(found, expected)))
          wrong.push(`${operation}${source}: ${expected} but got ${found}`);
      }
      t.equal(wrong.length, 0, `${group.name}: ${count} answers`, { found: wrong.slice(0, SHOWN) });
    }
    t.end();
  });
}
