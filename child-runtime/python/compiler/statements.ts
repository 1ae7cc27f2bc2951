/** Statements. */
import type { Assert, Assign, ExprStmt, If, Return, Stmt } from '../ast.js';
import type { Body } from './body.js';
import { handleMaker } from './calls.js';
import { classStatement } from './classes.js';
import { expression, test } from './expressions.js';
import { storeDouble } from './floats.js';
import { functionStatement } from './functions.js';
import { forStatement, whileStatement } from './loops.js';
import { loadName } from './names.js';
import { augmented, remove, store } from './targets.js';
import { raiseStatement, statementValue, tryExcept, tryFinally } from './tries.js';

/** Compiles a block; returns whether its end can be reached. */
export function block(b: Body, statements: readonly Stmt[]): boolean {
  for (const s of statements) {
    const mark = b.mark();
    const reached = statement(b, s);
    b.release(mark);
    if (reached && letsGo(s)) for (const temp of b.freeTemps()) b.stale.add(temp);
    if (b.stale.size > 0) {
      if (reached) b.emit(`${[...b.stale].join('=')}=undefined;`);
      b.stale.clear();
    }
    // What follows a return, raise, break or continue never runs; names that it binds were found by the symbol pass.
    if (!reached) return false;
  }
  return true;
}

/** Whether a program says by a statement that it is done with something; its open files are to be closed then. */
const letsGo = (s: Stmt): boolean =>
  s.kind === 'Delete' || (s.kind === 'Assign' && s.value.kind === 'Name' && s.value.id === 'None');

function statement(b: Body, s: Stmt): boolean {
  switch (s.kind) {
    case 'Expr':
      expressionStatement(b, s);
      return true;
    case 'Assign':
      assign(b, s);
      return true;
    case 'AugAssign':
      b.at(s.lineno);
      augmented(b, s);
      return true;
    case 'If':
      return ifStatement(b, s);
    case 'For':
      b.at(s.lineno);
      forStatement(b, s);
      return true;
    case 'While':
      whileStatement(b, s);
      return true;
    case 'Return':
      returnStatement(b, s);
      return false;
    case 'Break':
      b.emit(`break b${b.loops.at(-1)!.outer};`);
      return false;
    case 'Continue':
      b.emit(`continue l${b.loops.at(-1)!.label};`);
      return false;
    case 'Raise':
      b.at(s.lineno);
      raiseStatement(b, s);
      return false;
    case 'TryExcept':
      return tryExcept(b, s);
    case 'TryFinally':
      return tryFinally(b, s);
    case 'FunctionDef':
      b.at(s.lineno);
      functionStatement(b, s);
      return true;
    case 'ClassDef':
      b.at(s.lineno);
      classStatement(b, s);
      return true;
    case 'Assert':
      assertStatement(b, s);
      return true;
    case 'Delete':
      b.at(s.lineno);
      for (const target of s.targets) remove(b, target);
      return true;
    case 'Pass':
      return true;
    default:
      throw new Error(`the safety check let ${s.kind} pass`);
  }
}

function expressionStatement(b: Body, s: ExprStmt): void {
  const { value } = s;
  if (value.kind === 'Str' || value.kind === 'Num') return;
  b.at(s.lineno);
  const maker = handleMaker(b, value);
  const text = maker === undefined ? statementValue(b, value) : expression(b, value);
  if (maker !== undefined) {
    const result = b.temp();
    b.emit(`if((${result}=${text})?.H===true)${b.unit.use('dropped')}(${maker},${result});`);
    return;
  }
  b.emit(`${text};`);
}

function assign(b: Body, s: Assign): void {
  const only = s.targets.length === 1 ? s.targets[0]! : undefined;
  const isConstant = s.value.kind === 'Str' || s.value.kind === 'Num';
  if (!(isConstant && s.targets.every((target) => target.kind === 'Name'))) b.at(s.lineno);
  if (
    only?.kind === 'Tuple' &&
    s.value.kind === 'Tuple' &&
    only.elts.length === s.value.elts.length &&
    only.elts.length > 0
  ) {
    // `a, b = b, a`: no tuple is needed.
    const kept: string[] = [];
    for (const element of s.value.elts) {
      const mark = b.mark();
      const text = expression(b, element);
      b.release(mark);
      const temp = b.temp();
      b.emit(`${temp}=${text};`);
      kept.push(temp);
    }
    for (const [i, element] of only.elts.entries()) store(b, element, kept[i]!, true);
    return;
  }
  if (only?.kind === 'Name' && storeDouble(b, only.id, s.value)) return;
  const mark = b.mark();
  const text = statementValue(b, s.value);
  b.release(mark);
  if (only !== undefined) {
    store(b, only, text, isConstant && text.length < 20);
    return;
  }
  const value = b.temp();
  b.emit(`${value}=${text};`);
  for (const target of s.targets) store(b, target, value, true);
}

function ifStatement(b: Body, s: If): boolean {
  b.at(s.lineno);
  const before = b.mark();
  const condition = test(b, s.test);
  b.release(before);
  const start = b.assigned;
  const ends: Set<string>[] = [];
  const label = b.unit.number();
  const elif = s.orelse.length === 1 && s.orelse[0]!.kind === 'If';
  if (!elif) {
    b.emit(`if(${condition}){`);
    part(b, s.body, start, ends);
    if (s.orelse.length > 0) {
      b.emit('}else{');
      part(b, s.orelse, start, ends);
    } else ends.push(start);
    b.emit('}');
  } else {
    // An elif chain may be as long as the program: it is printed flat, since V8's parser recurses along `else if`.
    b.emit(`i${label}:{if(${condition}){`);
    if (part(b, s.body, start, ends)) b.emit(`break i${label};`);
    b.emit('}');
    let rest: readonly Stmt[] = s.orelse;
    for (;;) {
      const next = rest.length === 1 ? rest[0]! : undefined;
      if (next?.kind !== 'If') break;
      b.assigned = new Set(start);
      b.forgetLine();
      b.at(next.lineno);
      const mark = b.mark();
      b.emit(`if(${test(b, next.test)}){`);
      b.release(mark);
      if (part(b, next.body, start, ends)) b.emit(`break i${label};`);
      b.emit('}');
      rest = next.orelse;
    }
    if (rest.length > 0) part(b, rest, start, ends);
    else ends.push(start);
    b.emit('}');
  }
  b.assigned = meet(ends, start);
  b.forgetLine();
  return ends.length > 0;
}

/** One branch: what it starts with, and what is assigned where its end is reached. */
function part(b: Body, body: readonly Stmt[], start: ReadonlySet<string>, ends: Set<string>[]): boolean {
  b.assigned = new Set(start);
  b.forgetLine();
  const reached = block(b, body);
  if (reached) ends.push(b.assigned);
  return reached;
}

/** What is assigned whichever of the paths was taken. */
export function meet(ends: readonly Set<string>[], otherwise: ReadonlySet<string>): Set<string> {
  const [first, ...rest] = ends;
  if (first === undefined) return new Set(otherwise);
  return new Set([...first].filter((name) => rest.every((end) => end.has(name))));
}

function returnStatement(b: Body, s: Return): void {
  if (s.value === undefined) {
    b.emit('L=0;return null;');
    return;
  }
  const { value } = s;
  if (value.kind === 'Num' || value.kind === 'Str') {
    b.emit(`L=0;return ${expression(b, value)};`);
    return;
  }
  b.at(s.lineno);
  const text = statementValue(b, value);
  if (/^v\$\w+$/.test(text)) {
    b.emit(`L=0;return ${text};`);
    return;
  }
  const result = b.temp();
  b.emit(`${result}=${text};L=0;return ${result};`);
}

function assertStatement(b: Body, s: Assert): void {
  b.at(s.lineno);
  const mark = b.mark();
  b.emit(`if(!${test(b, s.test)}){`);
  b.release(mark);
  const type = loadName(b, 'AssertionError').text;
  const message = s.msg === undefined ? '' : `,${expression(b, s.msg)}`;
  b.emit(`throw ${b.unit.use('failedAssertion')}(${type}${message});}`);
  b.forgetLine();
}
