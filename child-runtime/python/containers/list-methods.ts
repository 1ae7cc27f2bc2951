// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** The methods of list and tuple. */
import { raise } from '../model.js';
import { bindKeywords, integer } from '../operations/arguments.js';
import { between, installOn, type MethodTable, noArguments, oneArgument } from '../operations/arity.js';
import { checkItems } from '../operations/bounds.js';
import { same } from '../operations/compare.js';
import { containerIterator, elementsOf, iterate } from '../operations/iterate.js';
import { repr } from '../operations/repr.js';
import { extendList } from '../operations/sequences.js';
import { strictBound } from '../operations/slices.js';
import { flatten } from '../text/flatten.js';
import { type PyFunction, PyList, PyTuple, type Value } from '../values.js';
import { sortList } from './sort.js';

/** Where an equal element is between start and stop, or -1. */
function position(elements: readonly Value[], wanted: Value, start?: Value, stop?: Value): number {
  const from = start === undefined ? 0 : strictBound(start, elements.length);
  const to = stop === undefined ? elements.length : strictBound(stop, elements.length);
  for (let i = from; i < to && i < elements.length; i++) {
    const element = elements[i]!;
    if (element === wanted || same(element, wanted)) return i;
  }
  return -1;
}

function countEqual(elements: readonly Value[], wanted: Value): number {
  let count = 0;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i]!;
    if (element === wanted || same(element, wanted)) count += 1;
  }
  return count;
}

const sort: PyFunction = function (
  self: PyList,
  comparison: Value = null,
  key: Value = null,
  reverse: Value = false,
): Value {
  if (arguments.length > 4) bindKeywords('sort', sortParameters, Array.from(arguments).slice(1), [], []);
  sortList(self, comparison, key, integer(reverse) !== 0);
  return null;
};
const sortParameters = ['cmp', 'key', 'reverse'];
sort.K = (args, names, values) => {
  const [comparison, key, reverse] = bindKeywords('sort', sortParameters, args.slice(1), names, values);
  return sort(args[0], comparison, key, reverse);
};

const listMethods: MethodTable = {
  append(self: PyList, element?: Value): Value {
    if (arguments.length !== 2) oneArgument('append', arguments.length - 1);
    if (typeof element === 'string') flatten(element);
    self.a.push(element as Value);
    return null;
  },
  extend(self: PyList, elements?: Value): Value {
    if (arguments.length !== 2) oneArgument('extend', arguments.length - 1);
    extendList(self, elements as Value);
    return null;
  },
  insert(self: PyList, index?: Value, element?: Value): Value {
    between('insert', 2, 2, arguments.length - 1);
    const { a } = self;
    const at = integer(index as Value);
    checkItems(a.length + 1);
    a.splice(at < 0 ? Math.max(0, at + a.length) : at, 0, element as Value);
    return null;
  },
  pop(self: PyList, index?: Value): Value {
    const { a } = self;
    if (arguments.length === 1) return a.length === 0 ? raise('IndexError', 'pop from empty list') : (a.pop() as Value);
    between('pop', 0, 1, arguments.length - 1);
    const wanted = integer(index as Value);
    if (a.length === 0) return raise('IndexError', 'pop from empty list');
    const at = wanted < 0 ? wanted + a.length : wanted;
    if (at < 0 || at >= a.length) return raise('IndexError', 'pop index out of range');
    if (at === a.length - 1) return a.pop() as Value;
    return (at === 0 ? a.shift() : a.splice(at, 1)[0]) as Value;
  },
  remove(self: PyList, element?: Value): Value {
    oneArgument('remove', arguments.length - 1);
    const at = position(self.a, element as Value);
    if (at < 0) return raise('ValueError', 'list.remove(x): x not in list');
    self.a.splice(at, 1);
    return null;
  },
  index(self: PyList, element?: Value, start?: Value, stop?: Value): Value {
    between('index', 1, 3, arguments.length - 1);
    const at = position(self.a, element as Value, start, stop);
    return at < 0 ? raise('ValueError', `${repr(element as Value)} is not in list`) : at;
  },
  count(self: PyList, element?: Value): Value {
    oneArgument('count', arguments.length - 1);
    return countEqual(self.a, element as Value);
  },
  reverse(self: PyList): Value {
    noArguments('reverse', arguments.length - 1);
    self.a.reverse();
    return null;
  },
  sort,
  __iter__(self: PyList): Value {
    return containerIterator(self);
  },
  __init__(self: PyList, elements?: Value): Value {
    if (arguments.length > 2) between('list', 0, 1, arguments.length - 1);
    self.a = elements === undefined ? [] : elementsOf(elements);
    return null;
  },
};

const tupleMethods: MethodTable = {
  index(self: PyTuple, element?: Value, start?: Value, stop?: Value): Value {
    between('index', 1, 3, arguments.length - 1);
    const at = position(self.a, element as Value, start, stop);
    return at < 0 ? raise('ValueError', 'tuple.index(x): x not in tuple') : at;
  },
  count(self: PyTuple, element?: Value): Value {
    oneArgument('count', arguments.length - 1);
    return countEqual(self.a, element as Value);
  },
  __iter__(self: PyTuple): Value {
    return iterate(self);
  },
};

installOn(PyList.prototype, listMethods);
installOn(PyTuple.prototype, tupleMethods);
