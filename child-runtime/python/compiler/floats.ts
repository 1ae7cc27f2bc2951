/**
 * Arithmetic that probably works on floats, in functions with a float literal. A whole tree of operators is computed on raw JavaScript
 * numbers under one condition; where that fails, runtime functions compute all of it again. So whatever the tree reads must do
 * nothing and give the same twice (`isRepeatable`), and anything else is evaluated before, in Python's order.
 *
 * In a tree integral floats are raw numbers, too. So that no int is taken for one, an operation counts only if one of its operands surely
 * is a float: a literal, a variable of `doubles`, or what was seen to have a fraction. NaN stands for "not a float that is known", and
 * since it goes through every operation, one look at the result settles all the variables.
 */
import type { BinOp, Compare, CompareOperator, Expr, Num, Operator, Subscript, UnaryOp } from '../ast.js';
import { runtimeNames } from './arithmetic.js';
import type { Body } from './body.js';
import { expression, joined } from './expressions.js';
import { doubleOf, loadName } from './names.js';
import { isIntLiteral, isNumberLiteral } from './operands.js';
import { mayHoldObjects } from './symbols.js';

/** The number that an expression is, if it is one. */
interface Double {
  /** What must hold, in order; may assign to temporaries that `text` reads. */
  readonly checks: readonly string[];
  /** A JavaScript number under `checks`, or NaN. */
  readonly text: string;
  /** Whether it is a float then. If not, it is one when it has a fraction. */
  readonly sure: boolean;
  readonly leaf: boolean;
  /** The value, from the runtime, whatever the operands are. */
  readonly slow: string;
}

const signs: Partial<Record<Operator, string>> = { Add: '+', Sub: '-', Mult: '*', Div: '/' };
/** V8's parser recurses along a tree, so larger ones are computed in parts. */
const largestTree = 24;

/** A condition under which a JavaScript number is not integral, thus a float; false for NaN and infinities as well. */
const isFraction = (b: Body, text: string): string => `${b.unit.use('floor')}(${text})<${text}`;

/** What an expression will probably be: a float, something else, or unknown. */
function guess(b: Body, e: Expr): boolean | undefined {
  switch (e.kind) {
    case 'Num':
      return e.type === 'float';
    case 'Name':
      return doubleOf(b, e.id) !== undefined || undefined;
    case 'UnaryOp':
      return e.op === 'USub' ? guess(b, e.operand) : false;
    case 'BinOp':
      return guessOperation(b, e);
    case 'Attribute':
    case 'Subscript':
    case 'Call':
      return undefined;
    default:
      return false;
  }
}

const isContainer = ({ kind }: Expr): boolean =>
  kind === 'Str' || kind === 'List' || kind === 'Tuple' || kind === 'Dict' || kind === 'ListComp';

function guessOperation(b: Body, e: BinOp): boolean {
  const known = b.guesses.get(e);
  if (known !== undefined) return known;
  let result: boolean;
  if (isContainer(e.left) || isContainer(e.right)) result = false;
  else if (e.op === 'Pow') result = e.right.kind === 'Num' && (e.right.type === 'float' || guess(b, e.left) !== false);
  else {
    const left = guess(b, e.left);
    const right = guess(b, e.right);
    result = signs[e.op] !== undefined && (left === true || right === true || (left !== false && right !== false));
  }
  b.guesses.set(e, result);
  return result;
}

/** The number of operators in the tree that `e` would be. */
function weight(b: Body, e: Expr): number {
  if (e.kind === 'UnaryOp') return isInner(b, e) ? 1 + weight(b, e.operand) : 0;
  if (e.kind !== 'BinOp' || !guessOperation(b, e)) return 0;
  let known = b.weights.get(e);
  if (known === undefined) {
    known = 1 + weight(b, e.left) + weight(b, e.right);
    b.weights.set(e, known);
  }
  return known;
}

/** Whether `e` is an operator of a tree; not on a later line, since the line variable is set between the lines. */
function isInner(b: Body, e: Expr): e is BinOp | UnaryOp {
  if (isLater(b, e)) return false;
  if (e.kind === 'UnaryOp') return e.op === 'USub' && e.operand.kind !== 'Num' && guess(b, e.operand) === true;
  if (e.kind !== 'BinOp' || !guessOperation(b, e)) return false;
  return e.op !== 'Pow' || isRoot(e.right) || isTwo(e.right);
}

const isLater = (b: Body, e: Expr): boolean => b.line >= 0 && e.lineno > b.line;
const isRoot = (e: Expr): boolean => e.kind === 'Num' && e.type === 'float' && e.value === 0.5;
const isTwo = (e: Expr): boolean =>
  e.kind === 'Num' && Number(e.value) === 2 && (e.type === 'float' || e.type === 'int');

/** A variable that can be read any number of times, at once. */
function stableName(b: Body, e: Expr): string | undefined {
  if (e.kind !== 'Name' || isLater(b, e)) return undefined;
  const { text } = loadName(b, e.id);
  return /^v\$\w+$/.test(text) ? text : undefined;
}

function knownDouble(b: Body, e: Expr): string | undefined {
  if (e.kind !== 'Name' || isLater(b, e)) return undefined;
  const double = doubleOf(b, e.id);
  return double !== undefined && b.assigned.has(`v$${e.id}`) ? double : undefined;
}

/** Whether evaluating `e` does nothing and can be repeated: then a tree may do it late, and twice. */
function isRepeatable(b: Body, e: Expr): boolean {
  if (isInner(b, e)) {
    if (e.kind === 'UnaryOp') return isRepeatable(b, e.operand);
    return isRepeatable(b, e.left) && isRepeatable(b, e.right);
  }
  return isConstant(b, e) || repeatableRead(b, e);
}

/** The number of an int or float literal that JavaScript writes the same. */
function literal(b: Body, e: Expr): string | undefined {
  if (e.kind !== 'Num') return undefined;
  const text = expression(b, e);
  const value = b.unit.floatValue(text) ?? text;
  return isNumberLiteral(value) ? value : undefined;
}

const isConstant = (b: Body, e: Expr): boolean =>
  literal(b, e) !== undefined || stableName(b, e) !== undefined || knownDouble(b, e) !== undefined;

/** An item or attribute of a variable. Nothing that a guest writes runs when it is there; when it isn't, the runtime reads it again. */
function repeatableRead(b: Body, e: Expr): boolean {
  if (isLater(b, e)) return false;
  if (e.kind === 'Attribute') return stableName(b, e.value) !== undefined;
  return e.kind === 'Subscript' && itemOf(b, e) !== undefined;
}

/** Object and index of an item that can be read without asking the runtime. */
function itemOf(b: Body, e: Subscript): { object: string; index: string; guard: string } | undefined {
  if (e.slice.kind !== 'Index') return undefined;
  const { value } = e.slice;
  const object = stableName(b, e.value);
  if (object === undefined) return undefined;
  if (value.kind === 'Num' && value.type === 'int' && value.value >= 0n && value.value < 2n ** 31n) {
    return { object, index: String(value.value), guard: '' };
  }
  const index = stableName(b, value);
  return index === undefined ? undefined : { object, index, guard: `typeof ${index}==='number'&&` };
}

function item(b: Body, { object, index, guard }: { object: string; index: string; guard: string }): Double {
  const temp = b.temp();
  return {
    checks: [`${guard}(${temp}=${object}?.a)!==undefined&&typeof (${temp}=${temp}[${index}])==='number'`],
    text: temp,
    sure: false,
    leaf: true,
    slow: `${b.unit.use('getItem')}(${object},${index})`,
  };
}

/** `before`: what has to run first, as expressions to be joined by commas. */
function build(b: Body, e: Expr, before: string[]): Double {
  if (isInner(b, e)) {
    if (e.kind === 'UnaryOp') {
      const operand = surely(b, build(b, e.operand, before));
      const slow = `${b.unit.use('negate')}(${operand.slow})`;
      return { ...operand, text: `(-${operand.text})`, leaf: false, slow };
    }
    const early = weight(b, e) > largestTree || !isRepeatable(b, e.right);
    const left = early && !isConstant(b, e.left) ? evaluated(b, e.left, before) : build(b, e.left, before);
    if (e.op === 'Pow') return power(b, left, e.right);
    return combine(b, e.op, left, build(b, e.right, before), runtimeNames[e.op]);
  }
  const double = knownDouble(b, e);
  if (double !== undefined) {
    return { checks: [], text: double, sure: true, leaf: true, slow: loadName(b, (e as { id: string }).id).text };
  }
  if (e.kind === 'Subscript') {
    const read = isLater(b, e) ? undefined : itemOf(b, e);
    if (read !== undefined) return item(b, read);
  }
  if (e.kind === 'Attribute' && repeatableRead(b, e)) {
    const object = stableName(b, e.value)!;
    const temp = b.temp();
    const slow = `${b.unit.use('getAttribute')}(${object},${b.unit.attribute(e.attr)})`;
    return { checks: [`typeof (${temp}=${object}?.$${e.attr})==='number'`], text: temp, sure: false, leaf: true, slow };
  }
  const name = stableName(b, e);
  if (name !== undefined) return number(name);
  const text = literal(b, e);
  if (text !== undefined) {
    return { checks: [], text, sure: (e as Num).type === 'float', leaf: true, slow: expression(b, e) };
  }
  return evaluated(b, e, before);
}

const number = (text: string): Double => ({
  checks: [`typeof ${text}==='number'`],
  text,
  sure: false,
  leaf: true,
  slow: text,
});

function evaluated(b: Body, e: Expr, before: string[]): Double {
  const mark = b.mark();
  const text = expression(b, e);
  b.release(mark);
  const temp = b.temp();
  before.push(`${temp}=${text}`);
  return number(temp);
}

/** With the check that makes it a float, if it isn't one for sure. */
function surely(b: Body, d: Double): Double {
  if (d.sure) return d;
  if (d.leaf) return { ...d, checks: [...d.checks, isFraction(b, d.text)], sure: true };
  const temp = b.temp();
  const check = `${b.unit.use('floor')}(${temp}=${d.text})<${temp}`;
  return { ...d, checks: [...d.checks, check], text: temp, sure: true };
}

function combine(b: Body, op: Operator, x: Double, y: Double, runtimeName: string): Double {
  // What ints give may be inexact, or -0.
  const left = x.leaf ? x : surely(b, x);
  const right = y.leaf ? y : surely(b, y);
  const checks = [...left.checks, ...right.checks];
  const slow = `${b.unit.use(runtimeName)}(${left.slow},${right.slow})`;
  let divisor = right.text;
  let sure = left.sure || right.sure;
  if (op === 'Div') {
    if (!sure) {
      // Ints would be divided with a floor.
      const texts = [left.text, right.text].filter((text) => !isIntLiteral(text));
      checks.push(`(${texts.map((text) => isFraction(b, text)).join('||')})`);
      sure = true;
    }
    if (!/^[\w$]+$/.test(divisor) && !isNumberLiteral(divisor)) {
      divisor = b.temp();
      checks.push(`(${divisor}=${right.text})!==0`);
    } else if (!isNumberLiteral(divisor) || Number(divisor.replace(/[()]/g, '')) === 0) checks.push(`${divisor}!==0`);
  }
  return { checks, text: `(${left.text}${signs[op]}${divisor})`, sure, leaf: false, slow };
}

/** Roots and squares as `powerFloats` computes them. */
function power(b: Body, base: Double, exponent: Expr): Double {
  const slow = `${b.unit.use('power')}(${base.slow},${expression(b, exponent)})`;
  if (isRoot(exponent)) {
    const from = base.leaf ? base : surely(b, base);
    const temp = b.temp();
    const checks = [...from.checks, `(${temp}=${from.text})>0`];
    return { checks, text: `${b.unit.use('sqrt')}(${temp})`, sure: true, leaf: false, slow };
  }
  const from = surely(b, base);
  const temp = b.temp();
  const checks = [...from.checks, `(${temp}=${from.text})<1e150&&${temp}>-1e150`];
  return { checks, text: `(${temp}*${temp})`, sure: true, leaf: false, slow };
}

const usable = (b: Body, e: Expr): boolean => b.scope.floats && !b.hasLoop(e) && isInner(b, e);

/** The condition under which `temp` then holds a float that may be kept as a raw number. */
function found(b: Body, d: Double, temp: string): string {
  const last = d.sure ? `(${temp}=${d.text})===${temp}` : `${b.unit.use('floor')}(${temp}=${d.text})<${temp}`;
  return [...new Set(d.checks), last].join('&&');
}

/** The same where the number has to be a Python value as it is: not integral. */
function foundFraction(b: Body, d: Double, temp: string): string {
  return [...new Set(d.checks), `${b.unit.use('floor')}(${temp}=${d.text})<${temp}`].join('&&');
}

/** The value of arithmetic on floats; undefined if `e` is none. */
export function floatOperation(b: Body, e: BinOp | UnaryOp): string | undefined {
  if (!usable(b, e)) return undefined;
  const mark = b.mark();
  const before: string[] = [];
  const d = build(b, e, before);
  const temp = b.temp();
  b.release(mark);
  return joined(before, `${foundFraction(b, d, temp)}?${temp}:${d.slow}`);
}

/** Emits the assignment of arithmetic on floats to a variable of `doubles`; false if that isn't what it is. */
export function storeDouble(b: Body, name: string, e: Expr): boolean {
  if (doubleOf(b, name) === undefined || !usable(b, e)) return false;
  const mark = b.mark();
  const before: string[] = [];
  const d = build(b, e, before);
  finishStore(b, name, d, before);
  b.release(mark);
  return true;
}

/** `name op= value` for a variable of `doubles`. */
export function augmentDouble(b: Body, name: Expr & { kind: 'Name' }, op: Operator, value: Expr): boolean {
  if (signs[op] === undefined || knownDouble(b, name) === undefined) return false;
  if (!b.scope.floats || b.hasLoop(value) || guess(b, value) === false) return false;
  const mark = b.mark();
  const before: string[] = [];
  const left = build(b, name, before);
  const d = combine(b, op, left, build(b, value, before), `${runtimeNames[op]}InPlace`);
  finishStore(b, name.id, d, before);
  b.release(mark);
  return true;
}

function finishStore(b: Body, name: string, d: Double, before: string[]): void {
  const double = doubleOf(b, name)!;
  const temp = b.temp();
  for (const text of before) b.emit(`${text};`);
  // The other variable is cleared where it may hold something that a program waits to be closed.
  const clear = mayHoldObjects(b.scope, name) ? `,v$${name}=null` : '';
  b.emit(`if(${found(b, d, temp)})${double}=${temp}${clear};`);
  b.emit(`else ${double}=${b.unit.use('doubleOrNaN')}(v$${name}=${d.slow})*1;`);
  b.assigned.add(`v$${name}`);
}

/** `object[index] op= value` for what is likely a float in a list; false if that isn't what it is. */
export function augmentItem(b: Body, target: Subscript, op: Operator, value: Expr): boolean {
  if (signs[op] === undefined || !b.scope.floats || b.hasLoop(value) || guess(b, value) === false) return false;
  if (isLater(b, target) || !isRepeatable(b, value)) return false;
  const read = itemOf(b, target);
  if (read === undefined) return false;
  const mark = b.mark();
  const { object, index } = read;
  const old = item(b, read);
  // Not a tuple: it has items, but takes none.
  const checks = [`${object}?.L===true`, ...old.checks];
  const d = combine(b, op, { ...old, checks }, build(b, value, []), `${runtimeNames[op]}InPlace`);
  const temp = b.temp();
  b.emit(`if(${foundFraction(b, d, temp)})${object}.a[${index}]=${temp};`);
  b.emit(`else ${b.unit.use('setItem')}(${object},${index},${d.slow});`);
  b.release(mark);
  return true;
}

const comparisons: Partial<Record<CompareOperator, readonly [sign: string, runtimeName: string]>> = {
  Lt: ['<', 'lessThan'],
  LtE: ['<=', 'lessEqual'],
  Gt: ['>', 'greaterThan'],
  GtE: ['>=', 'greaterEqual'],
};

/** A comparison of what is likely a float; undefined if it isn't one. JavaScript compares ints and floats exactly. */
export function floatComparison(b: Body, e: Compare): string | undefined {
  const order = comparisons[e.ops[0]!];
  const [right] = e.comparators as [Expr];
  if (order === undefined || e.ops.length > 1 || !b.scope.floats || b.hasLoop(e)) return undefined;
  if (guess(b, e.left) !== true && guess(b, right) !== true) return undefined;
  if (!isRepeatable(b, e.left) || !isRepeatable(b, right)) return undefined;
  const mark = b.mark();
  const [x, y] = [e.left, right].map((operand) => {
    const d = build(b, operand, []);
    return d.leaf ? d : surely(b, d);
  }) as [Double, Double];
  const [left, other] = [b.temp(), b.temp()];
  b.release(mark);
  // NaN is either unknown or unordered; the runtime sees to both.
  const ordered = (text: string, temp: string) => (isNumberLiteral(text) ? [] : [`(${temp}=${text})===${temp}`]);
  const checks = new Set([...x.checks, ...y.checks, ...ordered(x.text, left), ...ordered(y.text, other)]);
  const [first, second] = [isNumberLiteral(x.text) ? x.text : left, isNumberLiteral(y.text) ? y.text : other];
  const text = `${first}${order[0]}${second}`;
  if (checks.size === 0) return text;
  return `(${[...checks].join('&&')}?${text}:${b.unit.use(order[1])}(${x.slow},${y.slow}))`;
}
