/** What passes between a language runtime and the API: values that can cross the channel, and the two kinds that can't. */
import type { HandleKind } from '../../protocol/api.js';
import { WireDict, WireFloat, WireText, type WireValue } from '../../protocol/values.js';

/** An open file or socket, by the supervisor's number for it. A language wraps it in an object that hides the number. */
export class HandleReference {
  constructor(
    readonly kind: HandleKind,
    readonly id: number,
  ) {}
}

/** A guest's value that no API call takes; only its type's name is known here, for the message, and what to say instead where bytes are wanted. */
export class Foreign {
  constructor(
    readonly typeName: string,
    readonly noBytes?: string,
  ) {}
}

export type ApiValue = WireValue | HandleReference | Foreign;

/** Names a value's type as the guest's language does. */
export type TypeName = (value: ApiValue) => string;

/** Python 2's names, which RepyV2's messages use. */
export const pythonTypeName: TypeName = (value) => {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string' || value instanceof Uint8Array) return 'str';
  if (value instanceof WireFloat) return 'float';
  if (value instanceof WireText) return 'unicode';
  if (value instanceof WireDict) return 'dict';
  if (Array.isArray(value)) return 'list';
  return value instanceof Foreign ? value.typeName : 'instance';
};
