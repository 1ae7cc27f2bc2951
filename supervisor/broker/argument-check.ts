/**
 * Checks the arguments of a request against the API table, with RepyV2's messages and in its order: the number of
 * arguments, then each argument's type and bounds. A child's own layer has said the same already; this one doesn't believe it.
 */
import type { ApiCall, ArgumentShape } from '../../protocol/api.js';
import { RepyError } from '../../protocol/exceptions.js';
import { WireDict, WireFloat, WireText, type WireValue } from '../../protocol/values.js';
import { ProtocolViolation } from '../../protocol/violation.js';

/** Throws RepyArgumentError, or ProtocolViolation where only a forged frame can be wrong. */
export function checkArguments(call: ApiCall, args: readonly WireValue[]): void {
  const declared = call.arguments;
  if (call.rest === undefined ? args.length !== declared.length : args.length < declared.length) {
    throw wrongCount(call, args.length);
  }
  for (let i = 0; i < declared.length; i += 1) checkShape(declared[i]!.shape, args[i]!);
  if (call.rest !== undefined) for (let i = declared.length; i < args.length; i += 1) checkShape(call.rest, args[i]!);
  // RepyV2 finds a negative optional number only after all types are checked, in the call itself.
  for (let i = 0; i < declared.length; i += 1) checkOptional(declared[i]!.name, declared[i]!.shape, args[i]!);
}

function wrongCount(call: ApiCall, given: number): RepyError {
  const isSelf = (call.arguments[0]?.shape.kind ?? '') === 'handle' ? 1 : 0;
  if (given < isSelf) throw new ProtocolViolation('bad field', `${call.name} without its handle`);
  const [takes, got] = [call.arguments.length - isSelf, given - isSelf];
  return refused(`Function '${call.internalName}' takes ${takes} arguments, not ${got} as you provided.`);
}

function checkShape(shape: ArgumentShape, value: WireValue): void {
  switch (shape.kind) {
    case 'bytes':
      // Bytes may come as such, from a guest whose language has them, or as a byte string.
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) throw wrongType(value);
      if (shape.maxLength !== undefined && value.length > shape.maxLength) {
        throw refused(`Max string length is ${shape.maxLength}`);
      }
      return;
    case 'int':
      if (typeof value !== 'number') throw wrongType(value);
      if (shape.min !== undefined && value < shape.min) throw refused(`Min value is ${shape.min}.`);
      if (shape.max !== undefined && value > shape.max) throw refused(`Max value is ${shape.max}.`);
      return;
    case 'number': {
      const number = value instanceof WireFloat ? value.value : value;
      if (typeof number !== 'number') throw wrongType(value);
      if (shape.min !== undefined && !(number >= shape.min)) throw refused('Must be non-negative.');
      return;
    }
    case 'bool':
      if (typeof value !== 'boolean') throw wrongType(value);
      return;
    case 'none-or':
      if (value !== null) checkShape(withoutBounds(shape.shape), value);
      return;
    case 'handle':
      if (typeof value !== 'number') throw new ProtocolViolation('bad field', 'a handle that is no number');
      return;
    case 'local':
      throw new ProtocolViolation('bad field', 'an argument that never leaves the child');
  }
}

function checkOptional(name: string, shape: ArgumentShape, value: WireValue): void {
  if (shape.kind !== 'none-or' || shape.shape.kind !== 'int' || typeof value !== 'number') return;
  if (shape.shape.min !== undefined && value < shape.shape.min) throw refused(`Negative ${name} specified!`);
}

const anyInt: ArgumentShape = { kind: 'int' };
const withoutBounds = (shape: ArgumentShape): ArgumentShape => (shape.kind === 'int' ? anyInt : shape);

function wrongType(value: WireValue): RepyError {
  return refused(`Invalid type <type '${pythonType(value)}'>`);
}

function pythonType(value: WireValue): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'int';
    case 'string':
      return 'str';
  }
  if (value instanceof WireFloat) return 'float';
  if (value instanceof WireText) return 'unicode';
  if (value instanceof WireDict) return 'dict';
  return value instanceof Uint8Array ? 'str' : 'list';
}

const refused = (message: string): RepyError => new RepyError('RepyArgumentError', message);
