/**
 * RepyV2's static safety check (safe.py, `_check_node`): which constructs and names a program may use. The walk visits nodes in the
 * order of the `compiler` package's tree, so that of several faults the same one is reported. One deliberate difference: RepyV2
 * skips what follows a module's docstring on the same line; here it is checked.
 */
import type { BinOp, ClassDef, Comprehension, Expr, FunctionDef, Module, Slice, Stmt } from '../ast.js';
import { bounds } from '../bounds.js';
import { ProgramError } from '../syntax-error.js';
import { isSafeName } from './names.js';

/** Python frames below the check of the module, and above that of a node. */
const moduleDepth = 3;
const leafFrames = 2;
const listFrames = 4;

/** The first fault that the check finds, or `undefined` for a safe program. */
export function checkSafety(module: Module): ProgramError | undefined {
  try {
    const doc = docstring(module.body);
    if (doc?.unicode) throw unsafeString(doc.value, undefined, 'doc');
    suite(module.body, moduleDepth + 1, doc === undefined ? 0 : 1);
    return undefined;
  } catch (error) {
    if (error instanceof ProgramError) return error;
    throw error;
  }
}

function unsafeNode(name: string, lineno: number | undefined): ProgramError {
  if (lineno === undefined || lineno === 0) return noLine();
  return new ProgramError('CheckNodeException', `Unsafe call '${name}' in line ${lineno}`);
}

function unsafeString(value: string, lineno: number | undefined, attribute: string): ProgramError {
  const start = value.search(/[^\0-\x7f]/);
  if (start >= 0) return unencodable(value, start);
  if (lineno === undefined) return noLine();
  return new ProgramError(
    'CheckStrException',
    `Unsafe string '${value}' in line ${lineno}, node attribute '${attribute}'`,
  );
}

/** RepyV2 computes with the line of a node that has none. */
const noLine = (): ProgramError =>
  new ProgramError('TypeError', "unsupported operand type(s) for -: 'NoneType' and 'int'");

/** RepyV2 fails to write a unicode literal outside ASCII into its message. */
function unencodable(value: string, at: number): ProgramError {
  const run = [.../^[^\0-\x7f]+/.exec(value.slice(at))![0]];
  const start = [...value.slice(0, at)].length;
  const code = run[0]!.codePointAt(0)!;
  const hex = code.toString(16);
  const char =
    code < 0x100 ? `\\x${hex}` : code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  const what =
    run.length === 1
      ? `character u'${char}' in position ${start}`
      : `characters in position ${start}-${start + run.length - 1}`;
  return new ProgramError('UnicodeEncodeError', `'ascii' codec can't encode ${what}: ordinal not in range(128)`);
}

function name(value: string, lineno: number, attribute: string): void {
  if (!isSafeName(value)) throw unsafeString(value, lineno, attribute);
}

function deep(depth: number, frames: number): void {
  if (depth + frames > bounds.recursion) throw new ProgramError('RuntimeError', 'maximum recursion depth exceeded');
}

/** The literal that the transformer takes for the docstring of a body; one in parentheses is none. */
function docstring(body: readonly Stmt[]) {
  const first = body[0];
  if (first?.kind !== 'Expr' || first.value.kind !== 'Str') return undefined;
  return first.col === first.value.col && first.lineno === first.value.lineno ? first.value : undefined;
}

function suite(body: readonly Stmt[], depth: number, from = 0): void {
  for (let index = from; index < body.length; index += 1) statement(body[index]!, depth + 1);
}

function optionalSuite(body: readonly Stmt[], depth: number): void {
  if (body.length > 0) suite(body, depth);
}

function definition(node: FunctionDef | ClassDef, depth: number): void {
  name(node.name, node.nameLine, 'name');
  const doc = docstring(node.body);
  if (doc?.unicode) throw unsafeString(doc.value, node.nameLine, 'doc');
  // The transformer gives decorators no line. Those of a function come before its parts, those of a class after them.
  if (node.kind === 'FunctionDef') {
    if (node.decorator_list.length > 0) throw noLine();
    expressions(node.args.defaults, depth + 1);
  } else {
    expressions(node.bases, depth + 1);
  }
  suite(node.body, depth + 1, doc === undefined ? 0 : 1);
  if (node.decorator_list.length > 0) throw noLine();
}

function statement(node: Stmt, depth: number): void {
  deep(depth, leafFrames);
  const inside = depth + 1;
  switch (node.kind) {
    case 'FunctionDef':
    case 'ClassDef':
      definition(node, depth);
      return;
    case 'Expr':
      if (node.value.kind === 'Yield') throw unsafeNode('Yield', node.value.lineno);
      expression(node.value, inside);
      return;
    case 'Return':
    case 'AugAssign':
      if (node.kind === 'AugAssign') expression(node.target, inside);
      if (node.value !== undefined) expression(node.value, inside);
      return;
    case 'Assign':
      for (const goal of node.targets) target(goal, inside);
      expression(node.value, inside);
      return;
    case 'Delete':
      for (const goal of node.targets) target(goal, node.targets.length > 1 ? inside : depth);
      return;
    case 'For':
      target(node.target, inside);
      expression(node.iter, inside);
      suite(node.body, inside);
      optionalSuite(node.orelse, inside);
      return;
    case 'While':
      expression(node.test, inside);
      suite(node.body, inside);
      optionalSuite(node.orelse, inside);
      return;
    case 'If':
      for (let arm = node; ; ) {
        expression(arm.test, inside);
        suite(arm.body, inside);
        const next = arm.orelse[0];
        if (arm.orelse.length !== 1 || next?.kind !== 'If') {
          optionalSuite(arm.orelse, inside);
          return;
        }
        arm = next;
      }
    case 'TryExcept':
      suite(node.body, inside);
      for (const handler of node.handlers) {
        if (handler.type !== undefined) expression(handler.type, inside);
        if (handler.name !== undefined) target(handler.name, inside);
        suite(handler.body, inside);
      }
      optionalSuite(node.orelse, inside);
      return;
    case 'TryFinally':
      suite(node.body, inside);
      suite(node.finalbody, inside);
      return;
    case 'Raise':
      for (const part of [node.type, node.inst, node.tback]) if (part !== undefined) expression(part, inside);
      return;
    case 'Assert':
      expression(node.test, inside);
      if (node.msg !== undefined) expression(node.msg, inside);
      return;
    case 'Pass':
    case 'Break':
    case 'Continue':
      return;
    case 'Print':
      throw unsafeNode(node.nl ? 'Printnl' : 'Print', node.lineno);
    case 'ImportFrom':
      throw unsafeNode('From', node.lineno);
    case 'Import':
    case 'Exec':
    case 'Global':
    case 'With':
      throw unsafeNode(node.kind, node.lineno);
  }
}

function target(node: Expr, depth: number): void {
  if (node.kind === 'Tuple' || node.kind === 'List') {
    deep(depth, listFrames);
    for (const element of node.elts) target(element, depth + 1);
  } else if (node.kind === 'GeneratorExp') {
    // The transformer takes it for a tuple; CPython's tree builder refuses it before the program runs (`Module.treeError`).
    target(node.elt, depth + 1);
  } else {
    expression(node, depth);
  }
}

function expressions(nodes: readonly Expr[], depth: number): void {
  for (const node of nodes) expression(node, depth);
}

function expression(node: Expr, depth: number): void {
  deep(depth, leafFrames);
  const inside = depth + 1;
  switch (node.kind) {
    case 'Name':
      name(node.id, node.lineno, 'name');
      return;
    case 'Num':
      return;
    case 'Str':
      if (node.unicode) throw unsafeString(node.value, node.lineno, 'value');
      return;
    case 'Attribute':
      name(node.attr, node.attrLine, 'attrname');
      expression(node.value, inside);
      return;
    case 'Subscript':
      deep(depth, listFrames);
      expression(node.value, inside);
      slice(node.slice, inside);
      return;
    case 'Call':
      deep(depth, node.args.length > 0 ? listFrames : listFrames - 1);
      expression(node.func, inside);
      expressions(node.args, inside);
      for (const keyword of node.keywords) {
        name(keyword.arg, keyword.nameLine, 'name');
        expression(keyword.value, inside + 1);
      }
      if (node.starargs !== undefined) expression(node.starargs, inside);
      if (node.kwargs !== undefined) expression(node.kwargs, inside);
      return;
    case 'BinOp':
      binary(node, depth);
      return;
    case 'UnaryOp':
      expression(node.operand, inside);
      return;
    case 'BoolOp':
      expressions(node.values, inside);
      return;
    case 'Compare':
      expression(node.left, inside);
      expressions(node.comparators, inside);
      return;
    case 'Tuple':
    case 'List':
      deep(depth, listFrames);
      expressions(node.elts, inside);
      return;
    case 'Dict':
      deep(depth, listFrames);
      for (let index = 0; index < node.keys.length; index += 1) {
        expression(node.keys[index]!, inside);
        expression(node.values[index]!, inside);
      }
      return;
    case 'ListComp':
      expression(node.elt, inside);
      for (const clause of node.generators) comprehension(clause, inside);
      return;
    case 'Set':
    case 'SetComp':
    case 'DictComp':
    case 'IfExp':
      throw unsafeNode(node.kind, node.checkLine);
    case 'GeneratorExp':
      throw unsafeNode('GenExpr', node.checkLine);
    case 'Lambda':
    case 'Yield':
      throw unsafeNode(node.kind, node.lineno);
    case 'Repr':
      throw noLine();
  }
}

/**
 * Chains of `|`, `^`, and `&` are one flat node in RepyV2's tree, so they may be long there. Ours are nested, so they are held to the
 * same bound as everything else: a difference, at a length that no program has.
 */
function binary(node: BinOp, depth: number): void {
  if (node.op !== 'BitOr' && node.op !== 'BitXor' && node.op !== 'BitAnd') {
    expression(node.left, depth + 1);
    expression(node.right, depth + 1);
    return;
  }
  const operands = [node.right];
  let left = node.left;
  for (; left.kind === 'BinOp' && left.op === node.op; left = left.left) operands.push(left.right);
  operands.push(left);
  deep(depth, operands.length);
  expressions(operands.reverse(), depth + 1);
}

function slice(node: Slice, depth: number): void {
  switch (node.kind) {
    case 'Ellipsis':
      return;
    case 'Index':
      // Several subscripts are children of the subscription itself in RepyV2's tree.
      expression(node.value, depth);
      return;
    case 'ExtSlice':
      for (const dim of node.dims) slice(dim, depth);
      return;
    case 'Slice':
      for (const part of [node.lower, node.upper, node.step]) if (part !== undefined) expression(part, depth);
  }
}

function comprehension(clause: Comprehension, depth: number): void {
  deep(depth, listFrames);
  target(clause.target, depth + 1);
  expression(clause.iter, depth + 1);
  for (const condition of clause.ifs) expression(condition, depth + 2);
}
