/** Between a guest's JavaScript values and the API's: strings of bytes, ints, floats. What comes out is always a copy. */
import { types } from 'node:util';
import { isByteString, readLatin1 } from '../../protocol/buffer-strings.js';
import { WireDict, WireFloat, WireText } from '../../protocol/values.js';
import type { ApiResult } from '../api/operations.js';
import { type ApiValue, Foreign, HandleReference, type TypeName } from '../api/values.js';
import { typeNameOf } from '../harden/thrown.js';
import { makeHandle, referenceOf } from './handles.js';

const { isProxy, isUint8Array } = types;

const noBytes =
  'A string holds a character above U+00FF, which is no byte; encode the text: new TextEncoder().encode(text)';

/** Never runs the guest's code. */
export function toApi(value: unknown): ApiValue {
  switch (typeof value) {
    case 'string':
      return isByteString(value) ? value : new Foreign('string', noBytes);
    case 'number':
      return Number.isSafeInteger(value) ? value : new WireFloat(value);
    case 'boolean':
      return value;
  }
  if (value === null) return null;
  if (typeof value === 'object' && !isProxy(value)) {
    // A copy, so that the guest can't change it while it waits to be sent.
    if (isUint8Array(value)) return new Uint8Array(value);
    const handle = referenceOf(value);
    if (handle !== undefined) return handle;
  }
  return new Foreign(typeNameOf(value));
}

/** JavaScript's names of types, for RepyV2's messages. */
export const javascriptTypeName: TypeName = (value) => {
  if (value === null) return 'null';
  // RepyV2's name, and the only one that says what is wrong with 1.5 where a whole number is wanted.
  if (value instanceof WireFloat) return 'float';
  if (value instanceof Uint8Array) return 'Uint8Array';
  if (value instanceof HandleReference) return value.kind;
  if (value instanceof Foreign) return value.typeName;
  return typeof value;
};

export const bytesToString = (bytes: Uint8Array): string =>
  bytes.length === 0 ? '' : readLatin1(bytes, 0, bytes.length);

/** A fresh value that is the guest's own. Ints and floats are both numbers; a dict is an object without a prototype. */
export function toGuest(value: ApiResult): unknown {
  if (value === null) return undefined;
  return inner(value);
}

function inner(value: ApiResult): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof HandleReference) return makeHandle(value);
  if (value instanceof WireFloat) return value.value;
  if (value instanceof WireText) return value.text;
  if (value instanceof Uint8Array) return bytesToString(value);
  if (value instanceof WireDict) {
    const record: Record<string, unknown> = Object.create(null);
    for (const [key, item] of value.entries) record[key] = inner(item);
    return record;
  }
  return value.map(inner);
}
