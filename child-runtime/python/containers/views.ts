/** What dict.viewkeys(), viewvalues() and viewitems() return. */
import { type PyDict, type PyIterator, PyObject, PyTuple, type Value } from '../values.js';
import { dictForEach, dictGet, dictHas, dictKeys, dictValues } from './dict.js';
import { DictItemIterator, DictKeyIterator, DictValueIterator } from './iterators.js';
import { insertedKeys } from './order.js';

export abstract class DictView extends PyObject {
  constructor(readonly dict: PyDict) {
    super();
  }
  abstract iterator(): PyIterator;
  abstract elements(): Value[];
  /** Whether it holds a value; undefined when all elements must be compared. */
  abstract has(value: Value, equal: (a: Value, b: Value) => boolean): boolean;
}

export class DictKeysView extends DictView {
  iterator(): PyIterator {
    return new DictKeyIterator(this.dict);
  }
  elements(): Value[] {
    return dictKeys(this.dict);
  }
  has(value: Value): boolean {
    return dictHas(this.dict, value);
  }
}

export class DictValuesView extends DictView {
  iterator(): PyIterator {
    return new DictValueIterator(this.dict);
  }
  elements(): Value[] {
    return dictValues(this.dict);
  }
  has(value: Value, equal: (a: Value, b: Value) => boolean): boolean {
    return insertedKeys(this.dict).some((key) => equal(this.dict.find(key)!, value));
  }
}

export class DictItemsView extends DictView {
  iterator(): PyIterator {
    return new DictItemIterator(this.dict);
  }
  elements(): Value[] {
    const items: Value[] = [];
    dictForEach(this.dict, (key, value) => items.push(new PyTuple([key, value])));
    return items;
  }
  has(value: Value, equal: (a: Value, b: Value) => boolean): boolean {
    if (!(value instanceof PyTuple) || value.a.length !== 2) return false;
    const found = dictGet(this.dict, value.a[0]!);
    return found !== undefined && equal(found, value.a[1]!);
  }
}

/** Views of keys and items are sets to the operators. */
export const isSetLikeView = (value: Value): value is DictKeysView | DictItemsView =>
  value instanceof DictKeysView || value instanceof DictItemsView;

export const viewNames = [
  [DictKeysView, 'dict_keys'],
  [DictValuesView, 'dict_values'],
  [DictItemsView, 'dict_items'],
] as const;
