/**
 * Checks a call's arguments against the API table, with RepyV2's messages in RepyV2's order: the number of arguments,
 * then each one's type and range, then what RepyV2 checked only inside of the call. The supervisor checks again for itself.
 */
import type { ApiCall, ArgumentShape } from '../../protocol/api.js';
import { RepyError } from '../../protocol/exceptions.js';
import { WireFloat, type WireValue } from '../../protocol/values.js';
import { type ApiValue, Foreign, HandleReference, pythonTypeName, type TypeName } from './values.js';

const refuse = (message: string): never => {
  throw new RepyError('RepyArgumentError', message);
};

/**
 * The arguments as they are sent, handles as their numbers. `args` has the handle first for a method.
 * Throws RepyError (RepyArgumentError). Arguments of shape `local` are passed over.
 */
export function checkArguments(
  call: ApiCall,
  args: readonly ApiValue[],
  typeName: TypeName = pythonTypeName,
): WireValue[] {
  const { arguments: wanted, rest } = call;
  if (rest === undefined ? args.length !== wanted.length : args.length < wanted.length) {
    // A method's own handle isn't counted: the guest didn't write it between the parentheses.
    const implicit = wanted[0]?.name === 'self' ? 1 : 0;
    const [takes, given] = [wanted.length - implicit, Math.max(args.length - implicit, 0)];
    refuse(`Function '${call.internalName}' takes ${takes} arguments, not ${given} as you provided.`);
  }
  const sent = args.map((value, index) => checkShape((wanted[index]?.shape ?? rest)!, value, typeName));
  for (let index = 0; index < wanted.length; index += 1) {
    const { name, shape } = wanted[index]!;
    if (shape.kind === 'none-or' && isNegative(sent[index]!, shape.shape)) refuse(`Negative ${name} specified!`);
  }
  return sent;
}

function checkShape(shape: ArgumentShape, value: ApiValue, typeName: TypeName): WireValue {
  const wrongType = (): never => refuse(`Invalid type <type '${typeName(value)}'>`);
  switch (shape.kind) {
    case 'bytes':
      if (value instanceof Foreign && value.noBytes !== undefined) return refuse(value.noBytes);
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) return wrongType();
      if (shape.maxLength !== undefined && value.length > shape.maxLength) {
        refuse(`Max string length is ${shape.maxLength}`);
      }
      return value;
    case 'int':
      if (typeof value !== 'number') return wrongType();
      if (shape.min !== undefined && value < shape.min) refuse(`Min value is ${shape.min}.`);
      if (shape.max !== undefined && value > shape.max) refuse(`Max value is ${shape.max}.`);
      return value;
    case 'number': {
      if (typeof value !== 'number' && !(value instanceof WireFloat)) return wrongType();
      const amount = typeof value === 'number' ? value : value.value;
      // Written so that NaN, which no clock reaches, is refused as well.
      if (shape.min !== undefined && !(amount >= shape.min)) refuse('Must be non-negative.');
      return value;
    }
    case 'bool':
      return typeof value === 'boolean' ? value : wrongType();
    case 'none-or':
      if (value === null) return null;
      return checkShape(shape.shape.kind === 'int' ? { kind: 'int' } : shape.shape, value, typeName);
    case 'handle':
      return value instanceof HandleReference && value.kind === shape.of ? value.id : wrongType();
    case 'local':
      return value instanceof HandleReference || value instanceof Foreign ? null : value;
  }
}

const isNegative = (value: WireValue, shape: ArgumentShape): boolean =>
  typeof value === 'number' && shape.kind === 'int' && shape.min === 0 && value < 0;
