/** Which variables of a function the functions and classes inside it refer to: CPython's cell variables. */
import type { Arguments, Expr, FunctionDef, Node, Stmt } from '../ast.js';
import { children } from './children.js';

/** Whether a `del` of a plain name is among the statements of one function. */
export function deletesNames(body: readonly Stmt[]): boolean {
  const pending = [...body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'Delete') return true;
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') continue;
    for (const child of children(node)) if (isStatement(child)) pending.push(child);
    if (node.kind === 'TryExcept') for (const { body } of node.handlers) for (const child of body) pending.push(child);
  }
  return false;
}

/** The names that scopes inside `node` use and don't bind themselves: if `node` binds them, they are its cells. */
export function captured(node: FunctionDef): ReadonlySet<string> {
  const free = new Set<string>();
  for (const inner of scopeOf(node.body).scopes) for (const name of freeNames(inner)) free.add(name);
  return free;
}

type ScopeNode = Extract<Stmt, { kind: 'FunctionDef' | 'ClassDef' }>;

interface ScopeNames {
  readonly bound: Set<string>;
  readonly used: Set<string>;
  readonly scopes: ScopeNode[];
}

/** Recursion here is as deep as functions are nested, which indentation bounds. */
function freeNames(node: ScopeNode): Set<string> {
  const { bound, used, scopes } = scopeOf(node.body);
  if (node.kind === 'FunctionDef') parameterNames(node.args, bound);
  const free = new Set([...used].filter((name) => !bound.has(name)));
  for (const inner of scopes) {
    // Functions in a class body don't see the names that the class binds.
    for (const name of freeNames(inner)) if (node.kind === 'ClassDef' || !bound.has(name)) free.add(name);
  }
  return free;
}

function parameterNames(args: Arguments, bound: Set<string>): void {
  const add = (expr: Expr): void => {
    if (expr.kind === 'Name') bound.add(expr.id);
    else if (expr.kind === 'Tuple') for (const element of expr.elts) add(element);
  };
  for (const arg of args.args) add(arg);
  if (args.vararg !== undefined) bound.add(args.vararg);
  if (args.kwarg !== undefined) bound.add(args.kwarg);
}

function scopeOf(body: readonly Stmt[]): ScopeNames {
  const names: ScopeNames = { bound: new Set(), used: new Set(), scopes: [] };
  const pending: Node[] = [...body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') {
      names.bound.add(node.name);
      names.scopes.push(node);
      for (const outer of node.kind === 'FunctionDef' ? node.args.defaults : node.bases) pending.push(outer);
      continue;
    }
    if (node.kind === 'Name') names.used.add(node.id);
    else if (node.kind === 'Assign' || node.kind === 'Delete')
      for (const target of node.targets) bind(target, names.bound);
    else if (node.kind === 'For' || node.kind === 'comprehension') bind(node.target, names.bound);
    else if (node.kind === 'AugAssign') bind(node.target, names.bound);
    else if (node.kind === 'ExceptHandler' && node.name !== undefined) bind(node.name, names.bound);
    for (const child of children(node)) pending.push(child);
  }
  return names;
}

function bind(target: Expr, bound: Set<string>): void {
  if (target.kind === 'Name') bound.add(target.id);
  else if (target.kind === 'Tuple' || target.kind === 'List') for (const element of target.elts) bind(element, bound);
}

const isStatement = (node: Node): node is Stmt => statements.has(node.kind);
const statements = new Set(['Delete', 'For', 'While', 'If', 'TryExcept', 'TryFinally']);
