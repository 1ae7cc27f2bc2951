/**
 * Operations on integers that a program writes out, as in `2 ** 32 - 1`: computed when it is compiled, as CPython 2.7 computes them, and by the
 * same functions that would have done so when it runs. What raises, and what would be large, is left for then.
 */
import type { BinOp, Expr, Num, Operator, UnaryOp } from '../ast.js';
import { bitLength } from '../numbers/bounds.js';
import { makeInt, makeLong, payload } from '../numbers/kinds.js';
import { invert, negate } from '../numbers/unary.js';
import {
  add,
  bitAnd,
  bitOr,
  bitXor,
  divide,
  floorDivide,
  modulo,
  multiply,
  power,
  shiftLeft,
  shiftRight,
  subtract,
} from '../operations/arithmetic.js';
import { PyLong, type Value } from '../values.js';

const LARGEST_BITS = 1024;

const functions: Record<Operator, (a: Value, b: Value) => Value> = {
  Add: add,
  Sub: subtract,
  Mult: multiply,
  Div: divide,
  Mod: modulo,
  Pow: power,
  LShift: shiftLeft,
  RShift: shiftRight,
  BitOr: bitOr,
  BitXor: bitXor,
  BitAnd: bitAnd,
  FloorDiv: floorDivide,
};

/** A chain of operations is asked for its value at each of its links. */
const known = new WeakMap<Expr, Expr>();

/** The literal that an expression is as good as; the expression itself if it is none. */
export function folded(e: Expr): Expr {
  if (e.kind !== 'BinOp' && e.kind !== 'UnaryOp') return e;
  let result = known.get(e);
  if (result === undefined) {
    result = (e.kind === 'BinOp' ? binary(e) : unary(e)) ?? e;
    known.set(e, result);
  }
  return result;
}

function binary(e: BinOp): Num | undefined {
  const left = folded(e.left);
  const right = folded(e.right);
  if (!isInteger(left) || !isInteger(right) || !isSmall(e.op, left.value, right.value)) return undefined;
  return literal(e, functions[e.op](written(left), written(right)));
}

function unary(e: UnaryOp): Num | undefined {
  const operand = folded(e.operand);
  if (!isInteger(operand) || (e.op !== 'USub' && e.op !== 'Invert')) return undefined;
  return literal(e, e.op === 'USub' ? negate(written(operand)) : invert(written(operand)));
}

type Integer = Num & { readonly type: 'int' | 'long' };

const isInteger = (e: Expr): e is Integer => e.kind === 'Num' && (e.type === 'int' || e.type === 'long');

/** Whether the operation has an integer for a result, and one of few bits. */
function isSmall(op: Operator, x: bigint, y: bigint): boolean {
  const bits = bitLength(x);
  if (bits > LARGEST_BITS || bitLength(y) > LARGEST_BITS) return false;
  switch (op) {
    case 'Div':
    case 'Mod':
    case 'FloorDiv':
      return y !== 0n;
    case 'Mult':
      return bits + bitLength(y) <= LARGEST_BITS;
    case 'Pow':
      return y >= 0n && BigInt(bits) * y <= LARGEST_BITS;
    case 'LShift':
      return y >= 0n && BigInt(bits) + y <= LARGEST_BITS;
    case 'RShift':
      return y >= 0n && y <= LARGEST_BITS;
    default:
      return true;
  }
}

function literal({ lineno, col }: Expr, result: Value): Num {
  const type = result instanceof PyLong ? 'long' : 'int';
  return { kind: 'Num', lineno, col, type, value: BigInt(payload(result)) };
}

const written = (e: Integer): Value => (e.type === 'long' ? makeLong(e.value) : makeInt(e.value));
