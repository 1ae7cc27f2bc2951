/** Dicts of ints, which have a table of their own, are as dicts whose keys are in a Map. */
import t from 'tap';
import {
  dictCopy,
  dictDelete,
  dictGet,
  dictHas,
  dictKeys,
  dictMerge,
  dictPopItem,
  dictSet,
  dictValues,
} from '../../../child-runtime/python/containers/dict.js';
import { DictItemIterator } from '../../../child-runtime/python/containers/iterators.js';
import { makeFloat } from '../../../child-runtime/python/numbers/kinds.js';
import { equal } from '../../../child-runtime/python/operations/compare.js';
import { getItem, setItem } from '../../../child-runtime/python/operations/subscript.js';
import { contains, length } from '../../../child-runtime/python/operations/truth.js';
import { PyDict, PyLong, type PyTuple, type Value } from '../../../child-runtime/python/values.js';
import { Raised, useFakeModel } from './fake-model.js';
import { generator } from './generator.js';

useFakeModel();

/** What keys look like: the table holds the first three, and is given up at any other. */
const ints: readonly ((r: number) => Value)[] = [(r) => r % 1000, (r) => (r % 5000) * 4096 - 8192000, (r) => r | 0];
const others: readonly ((r: number) => Value)[] = [
  (r) => r * 8,
  (r) => r / 16 + 0.03125,
  (r) => makeFloat(r % 200),
  (r) => new PyLong(r % 200),
  (r) => r % 2 === 0,
  (r) => `k${r % 50}`,
  () => null,
];

/** Makes the dict keep its keys in a Map. */
const plain = (dict: PyDict): PyDict => {
  void dict.m;
  return dict;
};

type Act = (dict: PyDict, key: Value, value: Value) => unknown;

const adding: readonly Act[] = [dictSet, dictSet, setItem];
const reading: readonly Act[] = [dictGet, dictHas, getItem, (dict, key) => contains(dict, key), length];
const listing: readonly Act[] = [
  (dict) => dictKeys(dict).map(String).join(),
  (dict) => dictValues(dict).join(),
  (dict) => {
    const seen: string[] = [];
    const iterator = new DictItemIterator(dict);
    for (let pair = iterator.next(); pair !== undefined; pair = iterator.next()) seen.push(String((pair as PyTuple).a));
    return seen.join(';');
  },
  (dict) => equal(dict, plain(dictCopy(dict))) && equal(plain(dictCopy(dict)), dict),
  (dict) => {
    const larger = new PyDict();
    for (let i = 0; i < 100; i++) dictSet(larger, i * 3, i);
    dictMerge(larger, dict);
    return dictKeys(larger).map(String).join();
  },
];
const removing: readonly Act[] = [dictDelete, (dict) => dictPopItem(dict)];

const outcome = (act: Act, ...args: Parameters<Act>): string => {
  try {
    return String(act(...args));
  } catch (error) {
    if (error instanceof Raised) return error.text;
    throw error;
  }
};

/** Does the same to two dicts, one of which never has a table. */
function differ(seed: number, withOthers: boolean, withRemoving: boolean): string | undefined {
  const random = generator(seed);
  const dict = new PyDict();
  const reference = new PyDict();
  for (let step = 0; step < 600; step++) {
    const choice = random() % 100;
    const kinds = withOthers && random() % 60 === 0 ? others : [ints[seed % 3]!];
    const key = kinds[random() % kinds.length]!(random());
    const acts = choice < 60 ? adding : choice < 96 ? reading : choice < 99 || !withRemoving ? listing : removing;
    const act = acts[random() % acts.length]!;
    const got = outcome(act, dict, key, step);
    const expected = outcome(act, plain(reference), key, step);
    if (got !== expected) return `step ${step}: ${got.slice(0, 200)} instead of ${expected.slice(0, 200)}`;
  }
  return outcome(listing[0]!, dict, null, null) === outcome(listing[0]!, reference, null, null) ? undefined : 'the end';
}

for (const [name, withOthers, withRemoving] of [
  ['ints alone', false, false],
  ['other keys come in', true, false],
  ['keys are deleted', false, true],
  ['everything', true, true],
] as const) {
  t.test(name, (t) => {
    for (let seed = 1; seed <= 40; seed++) t.equal(differ(seed, withOthers, withRemoving), undefined, `seed ${seed}`);
    t.end();
  });
}

t.test('a large dict of ints has a table, a small one has none', (t) => {
  const dict = new PyDict();
  for (let i = 0; i < 63; i++) dictSet(dict, i, i);
  t.equal(dict.ints, undefined);
  dictSet(dict, 63, 63);
  t.ok(dict.ints);
  t.equal(dictGet(dict, 63), 63);
  t.equal(dictGet(dict, Number.NaN), undefined);
  t.equal(dictGet(dict, 63.5), undefined);
  t.equal(dictGet(dict, 63 + 2 ** 32), undefined);
  dictSet(dict, 2 ** 31, 1);
  t.equal(dict.ints, undefined, 'an int of more than 32 bits');
  t.equal(dict.size, 65);
  t.end();
});
