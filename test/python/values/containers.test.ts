/** What recorded answers can't show: changes while iterating or sorting, functions of guests in between, values by identity. */
import t from 'tap';
import { dictDelete, dictGet, dictKeys, dictSet, newDict } from '../../../child-runtime/python/containers/dict.js';
import '../../../child-runtime/python/containers/dict-methods.js';
import { setAdd, setElements, setFrom } from '../../../child-runtime/python/containers/set.js';
import { sortList } from '../../../child-runtime/python/containers/sort.js';
import { DictItemsView, DictKeysView } from '../../../child-runtime/python/containers/views.js';
import { raise } from '../../../child-runtime/python/model.js';
import { makeFloat } from '../../../child-runtime/python/numbers/kinds.js';
import { bitAnd, bitOr } from '../../../child-runtime/python/operations/arithmetic.js';
import { compare, equal, lessThan } from '../../../child-runtime/python/operations/compare.js';
import { elementsOf, iterate } from '../../../child-runtime/python/operations/iterate.js';
import { repr } from '../../../child-runtime/python/operations/repr.js';
import { contains } from '../../../child-runtime/python/operations/truth.js';
import {
  type PyDict,
  type PyFunction,
  PyList,
  PyMethod,
  PyObject,
  PySet,
  PyTuple,
  type Value,
} from '../../../child-runtime/python/values.js';
import { Raised, useFakeModel } from './fake-model.js';

useFakeModel();

function raised(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof Raised) return thrown.text;
    throw thrown;
  }
  return 'nothing';
}

const dictOf = (...entries: Array<[Value, Value]>): PyDict => {
  const dict = newDict(entries.length);
  for (const [key, value] of entries) dictSet(dict, key, value);
  return dict;
};

t.test('a dict or set that changes under its iterator', (t) => {
  const dict = dictOf([1, 'a'], [2, 'b']);
  const iterator = iterate(dict);
  t.equal(iterator.next(), 1);
  dictSet(dict, 3, 'c');
  const text = "!RuntimeError ('dictionary changed size during iteration',)";
  t.equal(
    raised(() => iterator.next()),
    text,
  );
  dictDelete(dict, 3);
  t.equal(
    raised(() => iterator.next()),
    text,
    'and stays so',
  );

  const values = iterate(dict);
  values.next();
  dictSet(dict, 2, 'z');
  t.equal(values.next(), 2, 'a new value changes nothing');
  t.equal(values.next(), undefined);
  t.equal(values.next(), undefined, 'the end is final');

  const set = setFrom(new PySet(), new PyList([1, 2]));
  const elements = iterate(set);
  elements.next();
  setAdd(set, 3);
  t.equal(
    raised(() => elements.next()),
    "!RuntimeError ('Set changed size during iteration',)",
  );
  t.end();
});

t.test('a list that grows under its iterator is walked to its new end', (t) => {
  const list = new PyList([1, 2]);
  const iterator = iterate(list);
  iterator.next();
  list.a.push(3);
  t.same([iterator.next(), iterator.next(), iterator.next()], [2, 3, undefined]);
  list.a.push(4);
  t.equal(iterator.next(), undefined);
  t.end();
});

t.test('a sort whose function changes the list', (t) => {
  const list = new PyList([3, 1, 2]);
  const meddling: PyFunction = (a: Value, b: Value) => {
    list.a.push(9);
    return compare(a, b);
  };
  t.equal(
    raised(() => sortList(list, meddling, null, false)),
    "!ValueError ('list modified during sort',)",
  );
  t.same(list.a, [1, 2, 3]);
  const seen: number[] = [];
  const looking: PyFunction = (a: Value, b: Value) => {
    seen.push(list.a.length);
    return compare(a, b);
  };
  sortList(list, looking, null, true);
  t.same(list.a, [3, 2, 1]);
  t.ok(
    seen.every((length) => length === 0),
    'the list looks empty meanwhile',
  );
  t.end();
});

t.test('a sort whose function raises leaves the elements there', (t) => {
  const list = new PyList([3, 1, 2]);
  const failing: PyFunction = () => raise('KeyError', 'k');
  t.equal(
    raised(() => sortList(list, failing, null, false)),
    "!KeyError ('k',)",
  );
  t.same([...list.a].sort(), [1, 2, 3]);
  t.equal(
    raised(() => sortList(list, null, failing, false)),
    "!KeyError ('k',)",
  );
  t.equal(list.a.length, 3);
  t.end();
});

t.test('containers inside themselves', (t) => {
  const list = new PyList([1]);
  list.a.push(list);
  t.equal(repr(list), '[1, [...]]');
  const dict = dictOf(['me', 1]);
  dictSet(dict, 'me', dict);
  t.equal(repr(dict), "{'me': {...}}");
  t.equal(repr(new PyTuple([list, list])), '([1, [...]], [1, [...]])');
  t.ok(contains(list, list));
  t.ok(equal(list, list));
  t.end();
});

t.test('objects are keys by identity, bound methods by object and function', (t) => {
  class Thing extends PyObject {}
  const [a, b] = [new Thing(), new Thing()];
  const f: PyFunction = () => null;
  const dict = dictOf([a, 'a'], [b, 'b'], [f, 'f'], [new PyMethod(f, a, undefined, 'm'), 'method']);
  t.equal(dictGet(dict, a), 'a');
  t.equal(dictGet(dict, b), 'b');
  t.equal(dictGet(dict, f), 'f');
  t.equal(dictGet(dict, new PyMethod(f, a, undefined, 'm')), 'method');
  t.equal(dictGet(dict, new PyMethod(f, b, undefined, 'm')), undefined);
  dictSet(dict, new PyTuple([a, 1]), 'pair');
  t.equal(dictGet(dict, new PyTuple([a, 1])), 'pair');
  t.equal(dictGet(dict, new PyTuple([b, 1])), undefined);
  t.equal(dictKeys(dict).length, 5);
  dictDelete(dict, a);
  t.equal(dictGet(dict, a), undefined);
  t.equal(elementsOf(dict).length, 4);
  t.notOk(equal(a, b));
  t.not(lessThan(a, b), lessThan(b, a));
  t.end();
});

t.test('the first of equal keys stays', (t) => {
  const dict = dictOf([1, 'int'], [true, 'bool']);
  t.equal(repr(dict), "{1: 'bool'}");
  t.equal(repr(dictOf([true, 'bool'], [1, 'int'])), "{True: 'int'}");
  dictDelete(dict, true);
  dictSet(dict, true, 'again');
  t.equal(repr(dict), "{True: 'again'}");
  const set = setFrom(new PySet(), new PyList([makeFloat(1), 1, true, 'a', 'a']));
  t.equal(repr(set), "set(['a', 1.0])");
  t.end();
});

t.test('a tuple of odd strings is no other tuple', (t) => {
  const keys: Value[] = [
    new PyTuple(['a', 'b']),
    new PyTuple(['ab']),
    new PyTuple(['a', 'b', '']),
    new PyTuple(['1']),
    new PyTuple([1]),
    new PyTuple([new PyTuple([1])]),
    new PyTuple([1, 2]),
    new PyTuple([12]),
    new PyTuple([null]),
    new PyTuple([]),
    new PyTuple([1, new PyTuple([2])]),
    new PyTuple([new PyTuple([1]), 2]),
    'a',
  ];
  const dict = dictOf(...keys.map((key, i): [Value, Value] => [key, i]));
  t.equal(dict.m.size, keys.length);
  keys.forEach((key, i) => {
    t.equal(dictGet(dict, key), i);
  });
  t.end();
});

t.test('views are sets', (t) => {
  const dict = dictOf(['a', 1], ['b', 2]);
  const keys = new DictKeysView(dict);
  t.equal(repr(bitAnd(keys, new PyList(['a', 'z']))), "set(['a'])");
  t.same(setElements(bitOr(keys, new PyList(['c'])) as PySet).length, 3);
  t.ok(contains(new DictItemsView(dict), new PyTuple(['a', 1])));
  t.notOk(contains(new DictItemsView(dict), new PyTuple(['a', 2])));
  t.equal(repr(keys), "dict_keys(['a', 'b'])");
  t.end();
});
