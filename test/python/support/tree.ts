/** A syntax tree as nested lists in the shape of record-syntax.py: kind, line, column, then the fields in CPython's order. */
import type { Node } from '../../../child-runtime/python/ast.js';

const fields: Readonly<Record<string, string>> = {
  Module: 'body',
  FunctionDef: 'name args body decorator_list',
  ClassDef: 'name bases body decorator_list',
  Return: 'value',
  Delete: 'targets',
  Assign: 'targets value',
  AugAssign: 'target op value',
  Print: 'dest values nl',
  For: 'target iter body orelse',
  While: 'test body orelse',
  If: 'test body orelse',
  With: 'context_expr optional_vars body',
  Raise: 'type inst tback',
  TryExcept: 'body handlers orelse',
  TryFinally: 'body finalbody',
  Assert: 'test msg',
  Import: 'names',
  ImportFrom: 'module names level',
  Exec: 'body globals locals',
  Global: 'names',
  Expr: 'value',
  Pass: '',
  Break: '',
  Continue: '',
  BoolOp: 'op values',
  BinOp: 'left op right',
  UnaryOp: 'op operand',
  Lambda: 'args body',
  IfExp: 'test body orelse',
  Dict: 'keys values',
  Set: 'elts',
  ListComp: 'elt generators',
  SetComp: 'elt generators',
  DictComp: 'key value generators',
  GeneratorExp: 'elt generators',
  Yield: 'value',
  Compare: 'left ops comparators',
  Call: 'func args keywords starargs kwargs',
  Repr: 'value',
  Attribute: 'value attr',
  Subscript: 'value slice',
  Name: 'id',
  List: 'elts',
  Tuple: 'elts',
  Ellipsis: '',
  Slice: 'lower upper step',
  ExtSlice: 'dims',
  Index: 'value',
  comprehension: 'target iter ifs',
  ExceptHandler: 'type name body',
  arguments: 'args vararg kwarg defaults',
  keyword: 'arg value',
  alias: 'name asname',
};

export type TreeList = string | number | boolean | null | TreeList[];

export function treeList(node: Node): TreeList[] {
  const list: TreeList[] = [node.kind];
  if ('lineno' in node) list.push(node.lineno, node.col);
  if (node.kind === 'Num') {
    const { value } = node;
    return [...list, node.type, typeof value === 'bigint' ? String(value) : float64(value)];
  }
  if (node.kind === 'Str') return [...list, node.unicode ? 'u' : 's', node.value];
  for (const name of fields[node.kind]!.split(' ')) {
    if (name !== '') list.push(field(name, (node as unknown as Record<string, unknown>)[name]));
  }
  return list;
}

function field(name: string, value: unknown): TreeList {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map((element) => field(name, element));
  if (typeof value === 'object') return treeList(value as Node);
  // Operators are nodes without fields in CPython's tree.
  return name === 'op' || name === 'ops' ? [value as string] : (value as string | number | boolean);
}

function float64(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}
