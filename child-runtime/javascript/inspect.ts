/**
 * A readable form of any value, for log and reports. Bounded in depth, entries and length, and made without running the guest's
 * code: accessors are named and not called, proxies are not looked into, and what an object is, the engine says, not the object.
 */
import { types } from 'node:util';
import { bounded, isObject, messageOf, typeNameOf } from '../harden/thrown.js';

const { isDate, isMap, isProxy, isRegExp, isSet, isTypedArray, isBoxedPrimitive, isPromise } = types;
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { ownKeys } = Reflect;
const dateText = Date.prototype.toISOString;
const dateTime = Date.prototype.getTime;
const regExpSource = getOwnPropertyDescriptor(RegExp.prototype, 'source')!.get!;
const regExpFlags = getOwnPropertyDescriptor(RegExp.prototype, 'flags')!.get!;
const typedArrayLength = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype) as object, 'length')!.get!;
const mapForEach = Map.prototype.forEach;
const setForEach = Set.prototype.forEach;

const depthBound = 4;
const entriesBound = 100;
const lengthBound = 10_000;

/** Counts down while a value is being written, so that wide and deep values stop alike. */
interface Budget {
  left: number;
}

export function inspect(value: unknown): string {
  return bounded(write(value, 0, { left: lengthBound }), lengthBound);
}

/** As `String` for what isn't an object. */
export function primitiveText(value: unknown): string {
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

function write(value: unknown, depth: number, budget: Budget): string {
  const text = writeUnbounded(value, depth, budget);
  budget.left -= text.length;
  return text;
}

function writeUnbounded(value: unknown, depth: number, budget: Budget): string {
  if (typeof value === 'string') return JSON.stringify(bounded(value, Math.max(budget.left, 0)));
  if (!isObject(value)) return primitiveText(value);
  if (isProxy(value)) return '[Proxy]';
  if (typeof value === 'function') return `[Function ${dataName(value)}]`;
  const message = messageOf(value);
  if (message !== undefined) return `${typeNameOf(value)}: ${message}`;
  if (isDate(value)) return Number.isNaN(dateTime.call(value)) ? 'Invalid Date' : dateText.call(value);
  if (isRegExp(value)) return regExpText(value);
  if (isPromise(value)) return 'Promise {}';
  if (isBoxedPrimitive(value)) return `[${typeNameOf(value)}]`;
  if (depth >= depthBound || budget.left <= 0) return Array.isArray(value) ? '[...]' : `{...}`;
  return writeEntries(value, depth + 1, budget);
}

function dataName(fn: object): string {
  const name: unknown = getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name === 'string' && name !== '' ? bounded(name, 200) : '(anonymous)';
}

function regExpText(value: RegExp): string {
  // `flags` reads the other flags' properties, which a guest may have defined anew.
  const plain = ownKeys(value).length === 1 && getPrototypeOf(value) === RegExp.prototype;
  return `/${regExpSource.call(value)}/${plain ? regExpFlags.call(value) : ''}`;
}

function writeEntries(value: object, depth: number, budget: Budget): string {
  const name = typeNameOf(value);
  const parts = new Parts(budget);
  if (isMap(value)) {
    mapForEach.call(value, (item, key) => {
      parts.add(() => `${write(key, depth, budget)} => ${write(item, depth, budget)}`);
    });
    return `Map(${parts.total}) ${parts.text('{', '}')}`;
  }
  if (isSet(value)) {
    setForEach.call(value, (item) => {
      parts.add(() => write(item, depth, budget));
    });
    return `Set(${parts.total}) ${parts.text('{', '}')}`;
  }
  if (isTypedArray(value)) {
    const length = typedArrayLength.call(value) as number;
    for (let at = 0; at < length && parts.open; at += 1) parts.add(() => primitiveText(value[at]));
    parts.total = length;
    return `${name}(${length}) ${parts.text('[', ']')}`;
  }
  if (Array.isArray(value)) return arrayText(value, parts, depth, budget);
  for (const key of ownKeys(value)) {
    const property = getOwnPropertyDescriptor(value, key);
    if (property === undefined || !property.enumerable) continue;
    parts.add(() => `${keyText(key)}: ${propertyText(property, depth, budget)}`);
  }
  return (name === 'Object' ? '' : `${name} `) + parts.text('{', '}');
}

/** The elements; other properties of an array are not shown. */
function arrayText(value: readonly unknown[], parts: Parts, depth: number, budget: Budget): string {
  const length = getOwnPropertyDescriptor(value, 'length')?.value as number;
  for (let at = 0; at < length && parts.open; at += 1) {
    const property = getOwnPropertyDescriptor(value, at);
    parts.add(() => (property === undefined ? '<empty>' : propertyText(property, depth, budget)));
  }
  parts.total = length;
  return parts.text('[', ']');
}

const propertyText = (property: PropertyDescriptor, depth: number, budget: Budget): string =>
  property.get || property.set ? '[Getter]' : write(property.value, depth, budget);

function keyText(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(bounded(key, 200));
}

class Parts {
  private readonly parts: string[] = [];
  total = 0;

  constructor(private readonly budget: Budget) {}

  /** Whether another entry would be shown. */
  get open(): boolean {
    return this.parts.length < entriesBound && this.budget.left > 0;
  }

  /** `make` is only called for entries that are shown. */
  add(make: () => string): void {
    this.total += 1;
    if (this.open) this.parts.push(make());
  }

  text(open: string, close: string): string {
    const more = this.total > this.parts.length ? [`... ${this.total - this.parts.length} more`] : [];
    const inside = [...this.parts, ...more].join(', ');
    return open === '{' && inside !== '' ? `{ ${inside} }` : open + inside + close;
  }
}
