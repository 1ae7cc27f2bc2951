/** Assignment to, augmented assignment of and deletion of names, attributes, items, slices and tuples of them. */
import type { AugAssign, Expr } from '../ast.js';
import { inPlace } from './arithmetic.js';
import type { Body } from './body.js';
import { expression, joined, kept, operands, sliceOf } from './expressions.js';
import { augmentDouble, augmentItem } from './floats.js';
import { deleteName, loadName, storeName } from './names.js';
import { isIntLiteral } from './operands.js';
import { triedOperand } from './tries.js';

/** Emits the statements that store `value`, a text that is used at most once unless `stable`. */
export function store(b: Body, target: Expr, value: string, stable: boolean): void {
  switch (target.kind) {
    case 'Name':
      b.emit(`${storeName(b, target.id, value)};`);
      return;
    case 'Attribute': {
      const mark = b.mark();
      const held = keep(b, value, stable);
      const before: string[] = [];
      const [object] = operands(b, [target.value], before) as [string];
      b.release(mark);
      for (const text of before) b.emit(`${text};`);
      b.emit(`${attributeStore(b, object, target.attr, held)};`);
      return;
    }
    case 'Subscript': {
      const mark = b.mark();
      const held = keep(b, value, stable);
      if (target.slice.kind === 'Index') {
        const before: string[] = [];
        const [object, index] = operands(b, [target.value, target.slice.value], before) as [string, string];
        for (const text of before) b.emit(`${text};`);
        b.emit(itemStore(b, object, index, held, target.slice.value.kind === 'Str'));
      } else {
        b.emit(
          `${sliceOf(b, target.value, target.slice, (parts, kind) => `${b.unit.use(kind === 'simple' ? 'setSlice' : 'setItem')}(${[...parts, held].join(',')})`)};`,
        );
      }
      b.release(mark);
      return;
    }
    case 'Tuple':
    case 'List': {
      const mark = b.mark();
      const parts = b.temp();
      // A list could change under assignments to its own items, so then its elements are copied first.
      const unpack = target.elts.every((element) => element.kind === 'Name') ? 'unpack' : 'unpackCopy';
      b.emit(`${parts}=${b.unit.use(unpack)}(${value},${target.elts.length});`);
      for (const [i, element] of target.elts.entries()) store(b, element, `${parts}[${i}]`, true);
      b.release(mark);
      return;
    }
    default:
      throw new Error(`the parser let ${target.kind} be assigned to`);
  }
}

function keep(b: Body, value: string, stable: boolean): string {
  if (stable) return value;
  const temp = b.temp();
  b.emit(`${temp}=${value};`);
  return temp;
}

/** Names whose assignment on an exception does more than to set them. */
const special = new Set(['args', 'message']);

function attributeStore(b: Body, object: string, name: string, value: string): string {
  const slow = `${b.unit.use('setAttribute')}(${object},${b.unit.attribute(name)},${value})`;
  return special.has(name) ? slow : `${object}?.I===true?${object}.$${name}=${value}:${slow}`;
}

function itemStore(b: Body, object: string, index: string, value: string, isString: boolean): string {
  const slow = `${b.unit.use('setItem')}(${object},${index},${value});`;
  if (isString || index.startsWith('(')) return slow;
  // V8's middle compiler makes floats of unsigned ints, to compare them.
  const whole = isIntLiteral(index) ? '' : `typeof ${index}==='number'&&(${index}|0)===${index}&&${index}>=0&&`;
  return `if(${whole}${object}?.L===true&&${index}<${object}.a.length)${object}.a[${index}]=${value};else ${slow}`;
}

export function augmented(b: Body, s: AugAssign): void {
  const { target } = s;
  const mark = b.mark();
  const before: string[] = [];
  if (target.kind === 'Name') {
    if (augmentDouble(b, target, s.op, s.value)) {
      b.release(mark);
      return;
    }
    const current = loadName(b, target.id);
    let left = current.text;
    if (!current.stable || b.hasLoop(s.value)) {
      left = b.temp();
      b.emit(`${left}=${current.text};`);
    }
    const [right] = (triedOperand(b, s.value) ?? operands(b, [s.value], before)) as [string];
    b.emit(`${storeName(b, target.id, joined(before, inPlace(b, s, left, right)))};`);
  } else if (target.kind === 'Attribute') {
    const [object] = operands(b, [target.value], before) as [string];
    const value = b.temp();
    before.push(
      `(${value}=${object}?.$${target.attr})!==undefined||(${value}=${b.unit.use('getAttribute')}(${object},${b.unit.attribute(target.attr)}))`,
    );
    finishAugmented(b, s, before, value, (result) => `${attributeStore(b, object, target.attr, result)};`);
  } else if (target.slice.kind === 'Index') {
    if (augmentItem(b, target, s.op, s.value)) return;
    const [object, index] = operands(b, [target.value, target.slice.value], before) as [string, string];
    const value = b.temp();
    const slow = `${b.unit.use('getItem')}(${object},${index})`;
    const isString = target.slice.value.kind === 'Str';
    if (isString || index.startsWith('(')) before.push(`${value}=${slow}`);
    else {
      const whole = isIntLiteral(index) ? '' : `typeof ${index}==='number'&&${index}>=0&&`;
      before.push(
        `${whole}(${value}=${object}?.a)!==undefined&&(${value}=${value}[${index}])!==undefined||(${value}=${slow})`,
      );
    }
    finishAugmented(b, s, before, value, (result) => itemStore(b, object, index, result, isString));
  } else {
    augmentedSlice(b, s);
  }
  b.release(mark);
}

function finishAugmented(
  b: Body,
  s: AugAssign,
  before: string[],
  value: string,
  storing: (result: string) => string,
): void {
  for (const text of before.splice(0)) b.emit(`${text};`);
  const [right] = operands(b, [s.value], before) as [string];
  b.emit(`${value}=${joined(before, inPlace(b, s, value, right))};`);
  b.emit(storing(value));
}

/** `a[i:j] += x`. */
function augmentedSlice(b: Body, s: AugAssign): void {
  if (s.target.kind !== 'Subscript') return;
  let parts: string[] = [];
  let kind: 'simple' | 'index' = 'simple';
  const remember = (texts: string[], which: 'simple' | 'index'): string => {
    kind = which;
    parts = texts;
    return '';
  };
  sliceOf(b, s.target.value, s.target.slice, remember, kept);
  if (kind !== 'simple') {
    const index = b.temp();
    b.emit(`${index}=${parts[1]};`);
    parts = [parts[0]!, index];
  }
  const value = b.temp();
  b.emit(`${value}=${b.unit.use(kind === 'simple' ? 'getSlice' : 'getItem')}(${parts.join(',')});`);
  const before: string[] = [];
  const [right] = operands(b, [s.value], before) as [string];
  b.emit(`${value}=${joined(before, inPlace(b, s, value, right))};`);
  b.emit(`${b.unit.use(kind === 'simple' ? 'setSlice' : 'setItem')}(${[...parts, value].join(',')});`);
}

export function remove(b: Body, target: Expr): void {
  switch (target.kind) {
    case 'Name':
      b.emit(deleteName(b, target.id));
      return;
    case 'Attribute':
      b.emit(`${b.unit.use('deleteAttribute')}(${expression(b, target.value)},${b.unit.attribute(target.attr)});`);
      return;
    case 'Subscript':
      b.emit(
        `${sliceOf(b, target.value, target.slice, (parts, kind) => `${b.unit.use(kind === 'simple' ? 'deleteSlice' : 'deleteItem')}(${parts.join(',')})`)};`,
      );
      return;
    case 'Tuple':
    case 'List':
      for (const element of target.elts) remove(b, element);
      return;
    default:
      throw new Error(`the parser let ${target.kind} be deleted`);
  }
}
