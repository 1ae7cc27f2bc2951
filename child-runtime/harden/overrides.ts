/**
 * Lets guests assign what they inherit. A frozen prototype makes `record.constructor = 1` throw in strict code (the "override
 * mistake" of the language), which would hit programs that count words or fill in an error's message. So the few properties
 * that ordinary programs shadow become accessors whose setter defines an own property on the receiver.
 *
 * ses has such tables itself, but they include Array.prototype's push and concat, and an accessor there halves the speed of
 * push; Object.prototype.hasOwnProperty stays as it is for the same reason.
 */
const shadowed: ReadonlyArray<readonly [prototype: object, keys: readonly PropertyKey[]]> = [
  [Object.prototype, ['constructor', 'valueOf', 'toLocaleString', 'isPrototypeOf', 'propertyIsEnumerable']],
  [Function.prototype, ['constructor', 'bind']],
  [Error.prototype, ['constructor', 'message', 'toString']],
  ...[TypeError, SyntaxError, RangeError, URIError, EvalError, ReferenceError, AggregateError].map(
    (error) => [error.prototype, ['constructor', 'message', 'name']] as const,
  ),
  [Promise.prototype, ['constructor']],
];

/** The getters made here, and what they return: a reader that runs no accessors may still look through these. */
const values = new WeakMap<object, unknown>();
export const overridableValue = (getter: object): unknown => values.get(getter);

const { defineProperty, getOwnPropertyDescriptor, hasOwn } = Object;

function enableOverride(prototype: object, key: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(prototype, key);
  if (descriptor === undefined || !('value' in descriptor) || !descriptor.configurable) return;
  const { value, enumerable } = descriptor;
  // Methods, because accessors of intrinsics have no `prototype`.
  const { get, set } = {
    get() {
      return value;
    },
    set(this: object, own: unknown) {
      if (this === prototype) throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
      if (hasOwn(this, key)) (this as Record<PropertyKey, unknown>)[key] = own;
      else defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
    },
  };
  values.set(get, value);
  defineProperty(prototype, key, { get, set, enumerable: enumerable ?? false, configurable: true });
}

/** Between the repair of the intrinsics and their freezing. */
export function enableOverrides(): void {
  for (const [prototype, keys] of shadowed) for (const key of keys) enableOverride(prototype, key);
}
