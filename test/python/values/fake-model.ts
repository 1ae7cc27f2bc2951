/** A stand-in for the object model: exceptions are JavaScript objects that hold a type's name and the arguments. */
import { iteratorNames } from '../../../child-runtime/python/containers/iterators.js';
import { viewNames } from '../../../child-runtime/python/containers/views.js';
import { model } from '../../../child-runtime/python/model.js';
import { repr } from '../../../child-runtime/python/operations/repr.js';
import {
  PyComplex,
  PyDict,
  PyFloat,
  PyFrozenSet,
  type PyFunction,
  PyInt,
  PyList,
  PyLong,
  PySet,
  PySingleton,
  PySlice,
  PyTuple,
  PyXrange,
  type Value,
} from '../../../child-runtime/python/values.js';

export class Raised {
  constructor(
    readonly name: string,
    readonly args: readonly Value[],
  ) {}

  /** As the recorded answers show it. */
  get text(): string {
    return `!${this.name} ${repr(new PyTuple([...this.args]))}`;
  }
}

const classNames: ReadonlyArray<readonly [abstract new (...args: never[]) => object, string]> = [
  [PyInt, 'int'],
  [PyLong, 'long'],
  [PyFloat, 'float'],
  [PyComplex, 'complex'],
  [PyTuple, 'tuple'],
  [PyList, 'list'],
  [PyDict, 'dict'],
  [PySet, 'set'],
  [PyFrozenSet, 'frozenset'],
  [PySlice, 'slice'],
  [PyXrange, 'xrange'],
  [PySingleton, 'ellipsis'],
  ...iteratorNames,
  ...viewNames,
];

function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'function':
      return 'function';
  }
  return classNames.find(([one]) => value instanceof one)?.[1] ?? 'object';
}

const addresses = new Map<unknown, number>();

export function useFakeModel(): void {
  model.raise = (name, ...args) => {
    throw new Raised(name, args);
  };
  model.call = (callee, ...args) => (callee as PyFunction)(...args);
  model.typeName = typeName;
  model.address = (value) => {
    let address = addresses.get(value);
    if (address === undefined) {
      address = 0x7f0000000000 + addresses.size * 64;
      addresses.set(value, address);
    }
    return address;
  };
  model.reprObject = (object) => (object instanceof PySingleton ? object.text : `<${typeName(object)}>`);
  model.strObject = model.reprObject;
  model.iterObject = () => undefined;
}
