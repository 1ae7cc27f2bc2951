/**
 * Expressions. Each compiles to one JavaScript expression, whose size is linear in the program's: an operand that is needed twice goes
 * into a temporary first. A list comprehension compiles to statements in front of the one that contains it; then everything that
 * Python evaluates before it is put into temporaries there as well.
 */
import type { Attribute, BoolOp, Dict, Expr, ListComp, Num, Slice, Subscript } from '../ast.js';
import { PyComplex, PyFloat, PyInt, PyLong } from '../values.js';
import { binary, comparison, unary } from './arithmetic.js';
import type { Body } from './body.js';
import { call } from './calls.js';
import { comprehension } from './loops.js';
import { loadName } from './names.js';
import { isIntLiteral } from './operands.js';
import { runtimeMarker } from './unit.js';

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A JavaScript string literal for a byte string, without control characters (they are markers) in it. */
export function stringLiteral(value: string): string {
  return JSON.stringify(value).replaceAll('\x7f', '\\x7f');
}

function number(b: Body, e: Num): string {
  switch (e.type) {
    case 'int': {
      const value = e.value;
      if (value <= SAFE && value >= -SAFE) return value < 0n ? `(${value})` : String(value);
      return b.unit.constant(`i${value}`, () => new PyInt(value));
    }
    case 'long': {
      const value = e.value;
      const safe = value <= SAFE && value >= -SAFE;
      return b.unit.constant(`l${value}`, () => new PyLong(safe ? Number(value) : value));
    }
    case 'float': {
      const value = e.value;
      if (!Number.isFinite(value)) return b.unit.constant(`f${value}`, () => value);
      if (!Number.isInteger(value)) return value < 0 ? `(${value})` : String(value);
      const constant = b.unit.constant(Object.is(value, -0) ? 'f-0' : `f${value}`, () => new PyFloat(value));
      if (value > 0 || Object.is(value, 0)) b.unit.floats.set(constant, String(value));
      return constant;
    }
    case 'complex':
      return b.unit.constant(Object.is(e.value, -0) ? 'c-0' : `c${e.value}`, () => new PyComplex(0, e.value));
  }
}

/** A JavaScript expression for the value of `e`, to be used once, at the point where Python evaluates it. */
export function expression(b: Body, e: Expr): string {
  if (e.lineno > b.reached) b.reached = e.lineno;
  // Literals can't fail; what is made of them says the line.
  const line = e.kind === 'Num' || e.kind === 'Str' ? undefined : newLine(b);
  if (line === undefined) return plain(b, e);
  if (b.hasLoop(e)) {
    b.emit(`${line};`);
    return plain(b, e);
  }
  return `(${line},${plain(b, e)})`;
}

/** Sets the line variable to the line that the statement has reached, if it may say otherwise. */
function newLine(b: Body): string | undefined {
  if (b.line < 0 || b.reached <= b.line) return undefined;
  b.line = b.reached;
  return `L=${b.reached}`;
}

function plain(b: Body, e: Expr): string {
  switch (e.kind) {
    case 'Num':
      return number(b, e);
    case 'Str':
      return stringLiteral(e.value);
    case 'Name':
      return loadName(b, e.id).text;
    case 'BinOp':
      return binary(b, e);
    case 'UnaryOp':
      return e.op === 'Not' ? `!${test(b, e.operand)}` : unary(b, e);
    case 'Compare':
      return comparison(b, e);
    case 'BoolOp':
      return choice(b, e);
    case 'Call':
      return call(b, e);
    case 'Attribute':
      return attribute(b, e);
    case 'Subscript':
      return subscript(b, e);
    case 'List':
      return `new ${b.unit.use('PyList')}([${each(b, e.elts).join(',')}])`;
    case 'Tuple':
      return e.elts.length === 0
        ? b.unit.use('emptyTuple')
        : `new ${b.unit.use('PyTuple')}([${each(b, e.elts).join(',')}])`;
    case 'Dict':
      return dict(b, e);
    case 'ListComp':
      return listComprehension(b, e);
    default:
      throw new Error(`the safety check let ${e.kind} pass`);
  }
}

/** Expressions that are each used once, in order, in one JavaScript expression without anything between them. */
export function each(b: Body, elements: readonly (Expr | undefined)[]): string[] {
  const texts: string[] = [];
  let last = -1;
  for (let i = elements.length - 1; i >= 0 && last < 0; i--) {
    const element = elements[i];
    if (element !== undefined && b.hasLoop(element)) last = i;
  }
  for (const [i, element] of elements.entries()) {
    if (element === undefined) {
      texts.push('null');
      continue;
    }
    const mark = b.mark();
    let text = expression(b, element);
    b.release(mark);
    if (i < last || b.hasLoop(element)) {
      const temp = b.temp();
      if (temp !== text) b.emit(`${temp}=${text};`);
      text = temp;
    }
    texts.push(text);
  }
  return texts;
}

/** Expressions whose values are put into temporaries, one after the other, by statements of their own. */
export function kept(b: Body, elements: readonly (Expr | undefined)[]): string[] {
  return elements.map((element) => {
    const mark = b.mark();
    const text = element === undefined ? 'null' : expression(b, element);
    b.release(mark);
    const temp = b.temp();
    if (temp !== text) b.emit(`${temp}=${text};`);
    return temp;
  });
}

/**
 * Expressions that are each used more than once: the texts are variables or short literals. What has to run before goes to
 * `before`, as expressions to be joined by commas.
 */
export function operands(b: Body, elements: readonly Expr[], before: string[]): string[] {
  const texts: string[] = [];
  let last = -1;
  for (let i = elements.length - 1; i >= 0 && last < 0; i--) if (b.hasLoop(elements[i]!)) last = i;
  for (const [i, element] of elements.entries()) {
    const mark = b.mark();
    const text = expression(b, element);
    b.release(mark);
    if (i > last && isStable(b, element, text)) {
      texts.push(text);
      continue;
    }
    const temp = b.temp();
    if (i <= last) {
      if (temp !== text) b.emit(`${temp}=${text};`);
    } else before.push(`${temp}=${text}`);
    texts.push(temp);
  }
  const line = newLine(b);
  if (line !== undefined) before.push(line);
  return texts;
}

function isStable(b: Body, e: Expr, text: string): boolean {
  if (text.length > 40) return false;
  if (e.kind === 'Num') return true;
  if (e.kind === 'Str') return text.length < 20;
  return e.kind === 'Name' && /^(v\$\w+|null|true|false)$/.test(text) && (text[0] !== 'v' || b.assigned.has(text));
}

export function joined(before: readonly string[], text: string): string {
  return before.length === 0 ? `(${text})` : `(${before.join(',')},${text})`;
}

/** Whether an expression's JavaScript value is always a boolean. */
export function isBoolean(e: Expr): boolean {
  switch (e.kind) {
    case 'Compare':
      return true;
    case 'UnaryOp':
      return e.op === 'Not';
    case 'BoolOp':
      return e.values.every(isBoolean);
    default:
      return false;
  }
}

/** An expression whose JavaScript truth is the Python truth of `e`. */
export function test(b: Body, e: Expr): string {
  if (e.lineno > b.reached) b.reached = e.lineno;
  switch (e.kind) {
    case 'Compare':
      return expression(b, e);
    case 'UnaryOp':
      if (e.op === 'Not') return `!${test(b, e.operand)}`;
      break;
    case 'BoolOp':
      if (b.hasLoop(e)) break;
      return `(${branches(b, e, test).join(e.op === 'And' ? '&&' : '||')})`;
    case 'Num':
      if (e.type === 'int') return e.value === 0n ? 'false' : 'true';
      break;
    case 'Name': {
      const { text } = loadName(b, e.id);
      if (text === 'true' || text === 'false') return text;
      break;
    }
    default:
      break;
  }
  const before: string[] = [];
  const mark = b.mark();
  const [value] = operands(b, [e], before);
  b.release(mark);
  return joined(before, `${value}===true||${value}!==false&&${b.unit.use('truth')}(${value})`);
}

/** The operands of `and` or `or`: what the later ones bind, and the line that they set, is not certain after them. */
function branches(b: Body, e: BoolOp, compile: (b: Body, e: Expr) => string): string[] {
  const texts = [compile(b, e.values[0]!)];
  const assigned = new Set(b.assigned);
  const { line } = b;
  for (const value of e.values.slice(1)) texts.push(compile(b, value));
  b.assigned = assigned;
  b.line = line;
  return texts;
}

/** `and`, `or` as a value. */
function choice(b: Body, e: BoolOp): string {
  if (b.hasLoop(e)) return choiceWithLoops(b, e);
  if (isBoolean(e)) return `(${branches(b, e, test).join(e.op === 'And' ? '&&' : '||')})`;
  const mark = b.mark();
  const temp = b.temp();
  const texts = branches(b, e, expression);
  b.release(mark);
  // Flat, since V8's parser recurses along nested conditionals: the variable holds the operand that was tried last.
  const last = texts.pop();
  const tests = texts.map((text) => `((${temp}=${text})===true||${temp}!==false&&${b.unit.use('truth')}(${temp}))`);
  return `(${[...tests, `(${temp}=${last},true)`].join(e.op === 'And' ? '&&' : '||')},${temp})`;
}

function choiceWithLoops(b: Body, e: BoolOp): string {
  const result = b.temp();
  let depth = 0;
  const assigned = new Set(b.assigned);
  let { line } = b;
  for (const [i, value] of e.values.entries()) {
    const mark = b.mark();
    const text = expression(b, value);
    b.release(mark);
    b.emit(`${result}=${text};`);
    if (i === 0) ({ line } = b);
    if (i === e.values.length - 1) break;
    b.emit(`if(${e.op === 'And' ? '' : '!'}${b.unit.use('truth')}(${result})){`);
    depth++;
  }
  b.emit('}'.repeat(depth));
  b.assigned = assigned;
  b.line = line;
  return result;
}

export function attribute(b: Body, e: Attribute): string {
  const before: string[] = [];
  const mark = b.mark();
  const [object] = operands(b, [e.value], before);
  const value = b.temp();
  b.release(mark);
  const name = b.unit.attribute(e.attr);
  return joined(
    before,
    `(${value}=${object}?.$${e.attr})!==undefined?${value}:${b.unit.use('getAttribute')}(${object},${name})`,
  );
}

function subscript(b: Body, e: Subscript): string {
  if (e.slice.kind === 'Index') {
    const before: string[] = [];
    const mark = b.mark();
    const [object, index] = operands(b, [e.value, e.slice.value], before) as [string, string];
    const value = b.temp();
    b.release(mark);
    const tried = b.tried === e;
    if (tried) b.passes = 'always';
    const slow = `${b.unit.use(tried ? 'tryItem' : 'getItem')}(${object},${index})`;
    if (e.slice.value.kind === 'Str') return joined(before, slow);
    const literal = isIntLiteral(index);
    if (literal && index.startsWith('(')) {
      const fromEnd = `${value}[${value}.length${index.slice(1, -1)}]`;
      return joined(before, `(${value}=${object}?.a)!==undefined&&(${value}=${fromEnd})!==undefined?${value}:${slow}`);
    }
    const guard = literal ? '' : `typeof ${index}==='number'&&${index}>=0&&`;
    return joined(
      before,
      `${guard}(${value}=${object}?.a)!==undefined&&(${value}=${value}[${index}])!==undefined?${value}:${slow}`,
    );
  }
  return sliceOf(
    b,
    e.value,
    e.slice,
    (parts, kind) => `${b.unit.use(kind === 'simple' ? 'getSlice' : 'getItem')}(${parts.join(',')})`,
  );
}

/**
 * Compiles an object and the slice on it, then hands the texts to `finish`: for a simple slice object, lower, upper (`null` when
 * left out), for any other the object and one index value.
 */
export function sliceOf(
  b: Body,
  object: Expr,
  slice: Slice,
  finish: (parts: string[], kind: 'simple' | 'index') => string,
  compile: typeof each = each,
): string {
  // A bound that is left out is as None.
  if (slice.kind === 'Slice' && slice.step === undefined) {
    return finish(compile(b, [object, slice.lower, slice.upper]), 'simple');
  }
  const bounds: (Expr | undefined)[] = [];
  collectBounds(slice, bounds);
  const [target, ...texts] = compile(b, [object, ...bounds]);
  return finish([target!, indexText(b, slice, texts)], 'index');
}

function collectBounds(slice: Slice, into: (Expr | undefined)[]): void {
  if (slice.kind === 'Index') into.push(slice.value);
  else if (slice.kind === 'Slice') into.push(slice.lower, slice.upper, slice.step);
  else if (slice.kind === 'ExtSlice') for (const dimension of slice.dims) collectBounds(dimension, into);
}

/** The index value that `slice` makes, from its parts in the order of `collectBounds`. */
function indexText(b: Body, slice: Slice, texts: string[]): string {
  switch (slice.kind) {
    case 'Index':
      return texts.shift()!;
    case 'Ellipsis':
      return b.unit.use('ellipsis');
    case 'Slice':
      return `new ${b.unit.use('PySlice')}(${texts.splice(0, 3).join(',')})`;
    case 'ExtSlice':
      return `new ${b.unit.use('PyTuple')}([${slice.dims.map((d) => indexText(b, d, texts)).join(',')}])`;
  }
}

function dict(b: Body, e: Dict): string {
  // CPython evaluates each value before its key.
  const parts: Expr[] = [];
  for (const [i, key] of e.keys.entries()) parts.push(e.values[i]!, key);
  return `${b.unit.use('makeDict')}([${each(b, parts).join(',')}])`;
}

function listComprehension(b: Body, e: ListComp): string {
  const list = b.temp();
  b.emit(`${list}=[];`);
  comprehension(b, e.generators, () => {
    const mark = b.mark();
    const text = expression(b, e.elt);
    b.release(mark);
    const made = e.elt.kind === 'BinOp' && (e.elt.op === 'Add' || e.elt.op === 'Mod');
    b.emit(`${list}.push(${made ? `${b.unit.use('kept')}(${text})` : text});`);
  });
  return `new ${b.unit.use('PyList')}(${list})`;
}

/** A call of a runtime function that may run guest code. */
export function runtimeCall(b: Body, name: string, args: string): string {
  b.unit.use(name);
  b.unit.use(`${name}G`);
  return runtimeMarker(name, args);
}
