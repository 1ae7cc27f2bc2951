/**
 * Operators. What is common in hot code and exact in JavaScript's numbers is done inline: ints of 32 bits, floats (`floats.ts`),
 * and comparisons of any two JavaScript numbers. Everything else is the runtime's. A raw number is never -0, so an inline product adds 0.
 */
import type { AugAssign, BinOp, Compare, CompareOperator, Expr, Operator, UnaryOp } from '../ast.js';
import type { Body } from './body.js';
import { folded } from './constants.js';
import { expression, joined, operands, stringLiteral } from './expressions.js';
import { floatComparison, floatOperation } from './floats.js';
import { literalFormat } from './formats.js';
import { areNumbers, areSmall, areUnsigned, isStringLiteral, literalValue } from './operands.js';
import { sumOfTexts } from './texts.js';

export const runtimeNames: Record<Operator, string> = {
  Add: 'add',
  Sub: 'subtract',
  Mult: 'multiply',
  Div: 'divide',
  Mod: 'modulo',
  Pow: 'power',
  LShift: 'shiftLeft',
  RShift: 'shiftRight',
  BitOr: 'bitOr',
  BitXor: 'bitXor',
  BitAnd: 'bitAnd',
  FloorDiv: 'floorDivide',
};

const LARGEST_SMALL_FACTOR = 2 ** 21;
/** Times an int of 32 bits, plus another one: still below 2**53. */
const LARGEST_EXACT_FACTOR = 2 ** 20;

export function binary(b: Body, written: BinOp): string {
  const whole = folded(written);
  if (whole.kind !== 'BinOp') return expression(b, whole);
  const e: BinOp = { ...written, left: folded(written.left), right: folded(written.right) };
  const fused =
    (b.hasLoop(written) ? undefined : fusedProduct(b, e)) ??
    sumOfTexts(b, written) ??
    floatOperation(b, written) ??
    (e.op === 'Mod' ? literalFormat(b, written) : undefined);
  if (fused !== undefined) return fused;
  const before: string[] = [];
  const mark = b.mark();
  const [left, right] = operands(b, [e.left, e.right], before) as [string, string];
  const text = operation(b, e.op, left, right, runtimeNames[e.op]);
  b.release(mark);
  return joined(before, text);
}

/** The value of an augmented assignment, from texts that can be read twice. */
export function inPlace(b: Body, e: AugAssign, left: string, right: string): string {
  return `(${operation(b, e.op, left, right, `${runtimeNames[e.op]}InPlace`)})`;
}

function operation(b: Body, op: Operator, left: string, right: string, runtimeName: string): string {
  if (isStringLiteral(left) && op === 'Mod') return `${b.unit.use('formatPercent')}(${left},${right})`;
  if (op === 'Add' && isStringLiteral(left) !== isStringLiteral(right)) {
    const other = isStringLiteral(left) ? right : left;
    return `typeof ${other}==='string'?${left}+${right}:${b.unit.use(runtimeName)}(${left},${right})`;
  }
  const slow = `${b.unit.use(runtimeName)}(${left},${right})`;
  if (isStringLiteral(left) || isStringLiteral(right)) return slow;
  const inline = unsignedOperation(op, left, right) ?? smallOperation(b, op, left, right);
  return inline === undefined ? slow : `${inline[0]}?${inline[1]}:${slow}`;
}

/**
 * Operations on ints from 0 to 2**32 - 1, which hashes, checksums and generators of random numbers work on. Quotients and
 * remainders of such ints are the same in JavaScript.
 */
function unsignedOperation(op: Operator, left: string, right: string): [string, string] | undefined {
  const unsigned = areUnsigned([left, right]);
  if (unsigned === undefined) return undefined;
  const value = literalValue(right);
  const divisible = value === undefined ? `${unsigned}&&${right}!==0` : unsigned;
  switch (op) {
    case 'BitAnd':
      // A mask below 2**31 keeps the sign bit out.
      return [unsigned, value !== undefined && (value | 0) === value ? `${left}&${right}` : `(${left}&${right})>>>0`];
    case 'BitOr':
      return [unsigned, `(${left}|${right})>>>0`];
    case 'BitXor':
      return [unsigned, `(${left}^${right})>>>0`];
    case 'Mod':
      return value === 0 ? undefined : [divisible, `(${left}>>>0)%${right}`];
    case 'Div':
    case 'FloorDiv':
      return value === 0 ? undefined : [divisible, `${left}/${right}>>>0`];
    case 'RShift':
      return value !== undefined && value < 32 ? [unsigned, `${left}>>>${right}`] : undefined;
    default:
      return undefined;
  }
}

/** Operations of ints of 32 bits: a condition and what the operation is under it. */
function smallOperation(b: Body, op: Operator, left: string, right: string): [string, string] | undefined {
  const small = areSmall([left, right]);
  if (small === undefined || small === 'true') return undefined;
  const value = literalValue(right);
  switch (op) {
    case 'Add':
      return [small, `${left}+${right}`];
    case 'Sub':
      return [small, `${left}-${right}`];
    case 'Mult': {
      const factor = value ?? literalValue(left);
      if (factor !== undefined) {
        return factor > 0 && factor <= LARGEST_SMALL_FACTOR ? [small, `${left}*${right}`] : undefined;
      }
      const product = b.temp();
      const most = Number.MAX_SAFE_INTEGER;
      return [`${small}&&(${product}=${left}*${right},${product}<=${most}&&${product}>=-${most})`, `${product}+0`];
    }
    case 'LShift':
      return value !== undefined && value >= 0 && value <= 21 ? [small, `${left}*${2 ** value}`] : undefined;
    default:
      return undefined;
  }
}

/**
 * `(a * b + c) % m` and `(a * b + c) & mask`, where the product may pass 2**53: the runtime does the whole at once without a
 * long in between.
 */
function fusedProduct(b: Body, e: BinOp): string | undefined {
  if (e.op !== 'Mod' && e.op !== 'BitAnd') return undefined;
  let sum = e.left;
  let addend: Expr | undefined;
  if (sum.kind === 'BinOp' && sum.op === 'Add' && sum.left.kind === 'BinOp' && sum.left.op === 'Mult') {
    addend = sum.right;
    sum = sum.left;
  }
  if (sum.kind !== 'BinOp' || sum.op !== 'Mult') return undefined;
  const factor = sum.left.kind === 'Num' ? sum.left : sum.right;
  if (factor.kind === 'Num' && factor.type !== 'int') return undefined;
  const mask = maskOf(e);
  // A small constant factor keeps the product exact for small values, and the plain operators are quicker then.
  if (mask === undefined && factor.kind === 'Num' && factor.value < 4096n) return undefined;
  // The product may fail before Python evaluates what comes after it.
  if (![addend, e.right].every((part) => part === undefined || part.kind === 'Num' || part.kind === 'Name'))
    return undefined;
  const parts = addend === undefined ? [sum.left, sum.right, e.right] : [sum.left, sum.right, addend, e.right];
  const before: string[] = [];
  const mark = b.mark();
  const [x, y, ...rest] = operands(b, parts, before) as [string, string, ...string[]];
  b.release(mark);
  const [plus, by] = (rest.length === 2 ? rest : ['0', rest[0]]) as [string, string];
  const slow = `${b.unit.use(e.op === 'Mod' ? 'multiplyModulo' : 'multiplyMask')}(${x},${y},${plus},${by})`;
  const inline = mask === undefined ? undefined : wrappedProduct(b, x, y, plus, mask);
  return joined(before, inline === undefined ? slow : `${inline[0]}?${inline[1]}:${slow}`);
}

/** The mask that a remainder by a power of two, or `&` with all lower bits, takes; undefined for others and beyond 32 bits. */
function maskOf(e: BinOp): number | undefined {
  if (e.right.kind !== 'Num' || e.right.type !== 'int') return undefined;
  const mask = Number(e.right.value) - (e.op === 'Mod' ? 1 : 0);
  return mask >= 0 && mask <= 0xffffffff && Math.log2(mask + 1) % 1 === 0 ? mask : undefined;
}

/**
 * x * y + plus, its lower bits: what random number generators and hashes do. With a factor below 2**31 it can't become a long on
 * the way, so arithmetic modulo 2**32 gives the same.
 */
function wrappedProduct(b: Body, x: string, y: string, plus: string, mask: number): [string, string] | undefined {
  const factor = literalValue(x) ?? literalValue(y);
  if (factor === undefined || factor <= 0 || (factor | 0) !== factor) return undefined;
  const unsigned = areUnsigned([x, y, plus]);
  if (unsigned === undefined) return undefined;
  const product = factor <= LARGEST_EXACT_FACTOR ? `${x}*${y}` : `${b.unit.use('imul')}(${x},${y})`;
  const sum = plus === '0' ? product : `(${product}+${plus})`;
  return [unsigned, mask === 0xffffffff ? `${sum}>>>0` : `${sum}&${mask}`];
}

export function unary(b: Body, e: UnaryOp): string {
  const whole = folded(e);
  if (whole.kind !== 'UnaryOp') return expression(b, whole);
  const float = floatOperation(b, e);
  if (float !== undefined) return float;
  const before: string[] = [];
  const mark = b.mark();
  const [value] = operands(b, [e.operand], before) as [string];
  b.release(mark);
  const small = areSmall([value]);
  const inline = small !== undefined && small !== 'true';
  switch (e.op) {
    case 'USub': {
      const slow = `${b.unit.use('negate')}(${value})`;
      return joined(before, inline ? `typeof ${value}==='number'&&${value}!==0?-${value}:${slow}` : slow);
    }
    case 'Invert': {
      const slow = `${b.unit.use('invert')}(${value})`;
      return joined(before, inline ? `${small}?~${value}:${slow}` : slow);
    }
    default:
      return joined(before, `${b.unit.use('positive')}(${value})`);
  }
}

const ordering: Partial<Record<CompareOperator, readonly [string, string]>> = {
  Lt: ['<', 'lessThan'],
  LtE: ['<=', 'lessEqual'],
  Gt: ['>', 'greaterThan'],
  GtE: ['>=', 'greaterEqual'],
};

/** A comparison or a chain of them; a JavaScript boolean. */
export function comparison(b: Body, e: Compare): string {
  const parts = [e.left, ...e.comparators];
  if (e.ops.length > 1 && b.hasLoop(e)) return chainWithLoops(b, e);
  const floats = floatComparison(b, e);
  if (floats !== undefined) return floats;
  const mark = b.mark();
  if (e.ops.length === 1) {
    const before: string[] = [];
    const [left, right] = operands(b, parts, before) as [string, string];
    b.release(mark);
    return joined(before, compareOnce(b, e.ops[0]!, left, right, parts[1]!));
  }
  const before: string[] = [];
  let [left] = operands(b, [e.left], before) as [string];
  let text = '';
  const assigned = new Set(b.assigned);
  let { line } = b;
  for (const [i, op] of e.ops.entries()) {
    const inner: string[] = i === 0 ? before : [];
    const [right] = operands(b, [e.comparators[i]!], inner) as [string];
    const one = compareOnce(b, op, left, right, e.comparators[i]!);
    text += i === 0 ? joined(inner, one) : `&&${joined(inner, one)}`;
    left = right;
    if (i === 0) ({ line } = b);
  }
  b.assigned = assigned;
  b.line = line;
  b.release(mark);
  return `(${text})`;
}

function chainWithLoops(b: Body, e: Compare): string {
  const result = b.temp();
  const left = b.temp();
  const right = b.temp();
  b.emit(`${left}=${expression(b, e.left)};`);
  let { line } = b;
  for (const [i, op] of e.ops.entries()) {
    const mark = b.mark();
    const text = expression(b, e.comparators[i]!);
    b.release(mark);
    if (i === 0) ({ line } = b);
    b.emit(`${right}=${text};${result}=${compareOnce(b, op, left, right, e.comparators[i]!)};`);
    if (i < e.ops.length - 1) b.emit(`if(${result}){${left}=${right};`);
  }
  b.emit('}'.repeat(e.ops.length - 1));
  // What the later comparisons set isn't certain.
  b.line = line;
  return result;
}

function compareOnce(b: Body, op: CompareOperator, left: string, right: string, node: Expr): string {
  const order = ordering[op];
  if (order !== undefined) {
    const slow = `${b.unit.use(order[1])}(${left},${right})`;
    if (isStringLiteral(left) || isStringLiteral(right)) return slow;
    const numbers = areNumbers([left, right].filter((text) => b.unit.floatValue(text) === undefined));
    const [x, y] = [b.unit.floatValue(left) ?? left, b.unit.floatValue(right) ?? right];
    return numbers === undefined ? `${x}${order[0]}${y}` : `${numbers}?${x}${order[0]}${y}:${slow}`;
  }
  switch (op) {
    case 'Eq':
    case 'NotEq': {
      const same = op === 'Eq' ? '===' : '!==';
      // Nothing but a str equals a str, and nothing but None equals None.
      if (node.kind === 'Str') return `${left}${same}${stringLiteral(node.value)}`;
      if (right === 'null') return `${left}${same}null`;
      const slow = `${op === 'Eq' ? '' : '!'}${b.unit.use('equal')}(${left},${right})`;
      const numbers = areNumbers([left, right]);
      if (numbers === undefined) return slow;
      return `${numbers}?${left}${same}${right}:${slow}`;
    }
    case 'Is':
    case 'IsNot': {
      const same = op === 'Is' ? '===' : '!==';
      if (right === 'null' || right === 'true' || right === 'false') return `${left}${same}${right}`;
      return `${op === 'Is' ? '' : '!'}${b.unit.use('identical')}(${left},${right})`;
    }
    case 'In':
      return `${b.unit.use('contains')}(${right},${left})`;
    case 'NotIn':
      return `!${b.unit.use('contains')}(${right},${left})`;
    default:
      throw new Error(`no comparison ${op}`);
  }
}
