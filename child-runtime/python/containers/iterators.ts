/** The iterators of built-in types. `iteratorNames` tells core how their types are called. */
import { raise } from '../model.js';
import { installOn } from '../operations/arity.js';
import {
  type Key,
  type PyDict,
  type PyFrozenSet,
  PyIterator,
  type PyList,
  type PySet,
  PyTuple,
  type PyXrange,
  type Value,
} from '../values.js';
import { found, orderedKeys, originalKey, sizeOf } from './order.js';

/** Walks the list as it is at each step: what is appended meanwhile is seen. */
export class ListIterator extends PyIterator {
  private at = 0;
  constructor(private list: PyList | undefined) {
    super();
  }
  next(): Value | undefined {
    if (this.list === undefined) return undefined;
    const { a } = this.list;
    if (this.at < a.length) return a[this.at++];
    this.list = undefined;
    return undefined;
  }
}

export class TupleIterator extends PyIterator {
  private at = 0;
  constructor(private readonly elements: readonly Value[]) {
    super();
  }
  next(): Value | undefined {
    return this.at < this.elements.length ? this.elements[this.at++] : undefined;
  }
}

export class StrIterator extends PyIterator {
  private at = 0;
  constructor(private readonly text: string) {
    super();
  }
  next(): Value | undefined {
    return this.at < this.text.length ? this.text[this.at++] : undefined;
  }
}

export class XrangeIterator extends PyIterator {
  private at: number;
  private left: number;
  private readonly step: number;
  constructor(range: PyXrange) {
    super();
    this.at = range.start;
    this.left = range.length;
    this.step = range.step;
  }
  next(): Value | undefined {
    if (this.left <= 0) return undefined;
    this.left -= 1;
    const value = this.at;
    this.at = value + this.step;
    return value;
  }
}

/** Walks the keys of a dict or set; RuntimeError once its size has changed, and ever after. */
abstract class HashedIterator<C extends PyDict | PySet | PyFrozenSet> extends PyIterator {
  private readonly keys: readonly Key[];
  private size: number;
  private at = 0;
  constructor(
    protected container: C | undefined,
    private readonly noun: string,
  ) {
    super();
    this.keys = container === undefined ? [] : orderedKeys(container);
    this.size = this.keys.length;
  }

  next(): Value | undefined {
    const { container } = this;
    if (container === undefined) return undefined;
    if (sizeOf(container) !== this.size) {
      this.size = -1;
      return raise('RuntimeError', `${this.noun} changed size during iteration`);
    }
    while (this.at < this.keys.length) {
      const key = this.keys[this.at++]!;
      const value = found(container, key);
      // Absent when it was deleted and another key came in, which leaves the size as it was.
      if (value !== undefined) return this.pick(container, key, value);
    }
    this.container = undefined;
    return undefined;
  }

  protected abstract pick(container: C, key: Key, value: Value): Value;
}

export class DictKeyIterator extends HashedIterator<PyDict> {
  constructor(dict: PyDict) {
    super(dict, 'dictionary');
  }
  protected pick(dict: PyDict, key: Key): Value {
    return dict.k === undefined ? (key as Value) : originalKey(dict, key);
  }
}

export class DictValueIterator extends HashedIterator<PyDict> {
  constructor(dict: PyDict) {
    super(dict, 'dictionary');
  }
  protected pick(_dict: PyDict, _key: Key, value: Value): Value {
    return value;
  }
}

export class DictItemIterator extends HashedIterator<PyDict> {
  constructor(dict: PyDict) {
    super(dict, 'dictionary');
  }
  protected pick(dict: PyDict, key: Key, value: Value): Value {
    return new PyTuple([originalKey(dict, key), value]);
  }
}

export class SetIterator extends HashedIterator<PySet | PyFrozenSet> {
  constructor(set: PySet | PyFrozenSet) {
    super(set, 'Set');
  }
  protected pick(_set: PySet | PyFrozenSet, _key: Key, element: Value): Value {
    return element;
  }
}

/** Each iterator class and the name of its type in CPython. */
export const iteratorNames: ReadonlyArray<readonly [abstract new (...args: never[]) => PyIterator, string]> = [
  [ListIterator, 'listiterator'],
  [TupleIterator, 'tupleiterator'],
  [StrIterator, 'iterator'],
  [XrangeIterator, 'rangeiterator'],
  [DictKeyIterator, 'dictionary-keyiterator'],
  [DictValueIterator, 'dictionary-valueiterator'],
  [DictItemIterator, 'dictionary-itemiterator'],
  [SetIterator, 'setiterator'],
];

installOn(PyIterator.prototype, {
  next(self: PyIterator): Value {
    // biome-ignore lint/complexity/noArguments: makes no array for each step.
    if (arguments.length > 1) raise('TypeError', `expected 0 arguments, got ${arguments.length - 1}`);
    const value = self.next();
    return value === undefined ? raise('StopIteration') : value;
  },
  __iter__: (self: Value) => self,
});
