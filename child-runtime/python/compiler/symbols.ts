/**
 * Which scope each name of a program belongs to: CPython's rules for a language without `global`. A class body is compiled into
 * the function around it, so it sees that function's variables directly, and nested functions skip it.
 */
import type { ClassDef, Comprehension, Expr, FunctionDef, Module, Slice, Stmt } from '../ast.js';

export interface Scope {
  readonly kind: 'module' | 'function' | 'class';
  readonly parent: Scope | undefined;
  readonly children: Scope[];
  /** Parameters, targets of any kind, names of `def` and `class`. */
  readonly bound: Set<string>;
  readonly used: Set<string>;
  /** Names that a `del` statement may unbind. */
  readonly deleted: Set<string>;
  /** Of `bound` (functions only): what functions inside refer to. */
  readonly cells: Set<string>;
  /** Names of enclosing functions that this function or one inside it refers to. */
  readonly free: Set<string>;
  /** Whether the body handles exceptions, so that the current exception must be put back when it returns. */
  handles: boolean;
  /** Whether the body calls anything, or loops. */
  calls: boolean;
  /** Whether the body has a float literal: then its operators probably work on floats. */
  floats: boolean;
  /** What is assigned to each name of `bound`: `FLOAT`, `HOLDER` and `OTHER`, together. */
  readonly kinds: Map<string, number>;
}

/** Arithmetic that may give a float. */
const FLOAT = 1;
/** What may hold on to an object that a program waits to be closed. */
const HOLDER = 2;
/** What surely is no float, or is bound by something else than an assignment. */
const OTHER = 4;

/** Whether a name is worth a variable of its own for floats. */
export const isOftenFloat = (scope: Scope, name: string): boolean =>
  scope.floats && ((scope.kinds.get(name) ?? 0) & (FLOAT | OTHER)) === FLOAT;

export const mayHoldObjects = (scope: Scope, name: string): boolean => ((scope.kinds.get(name) ?? 0) & HOLDER) !== 0;

/** What the value of an expression may be. */
function kindOf(e: Expr): number {
  switch (e.kind) {
    case 'Num':
      return e.type === 'float' ? FLOAT : e.type === 'int' ? 0 : OTHER;
    case 'UnaryOp':
      return e.op === 'USub' ? kindOf(e.operand) : OTHER;
    case 'BinOp': {
      if (e.op === 'Mod' && e.left.kind === 'Str') return OTHER;
      if (e.op !== 'Add' && e.op !== 'Sub' && e.op !== 'Mult' && e.op !== 'Div' && e.op !== 'Pow') return HOLDER;
      const kinds = [e.left, e.right].map(kindOf);
      if (kinds.some((kind) => kind & OTHER)) return OTHER;
      // With an int literal it is as likely an int.
      const ints = [e.left, e.right].some((part) => part.kind === 'Num' && part.type === 'int');
      return (ints && !kinds.some((kind) => kind & FLOAT) ? 0 : FLOAT) | HOLDER;
    }
    case 'Name':
    case 'Call':
    case 'Attribute':
    case 'Subscript':
      return HOLDER;
    default:
      return OTHER;
  }
}

export interface Symbols {
  readonly module: Scope;
  readonly scopes: ReadonlyMap<FunctionDef | ClassDef, Scope>;
  /** Expressions that contain a list comprehension, which compiles to statements. */
  readonly withLoops: ReadonlySet<Expr>;
  /** Globals that some function or method refers to or that are looked up from a place other than the module's own code. */
  readonly sharedGlobals: ReadonlySet<string>;
}

function newScope(kind: Scope['kind'], parent: Scope | undefined): Scope {
  const scope: Scope = {
    kind,
    parent,
    children: [],
    bound: new Set(),
    used: new Set(),
    deleted: new Set(),
    cells: new Set(),
    free: new Set(),
    handles: false,
    calls: false,
    floats: false,
    kinds: new Map(),
  };
  parent?.children.push(scope);
  return scope;
}

class SymbolWalk {
  readonly scopes = new Map<FunctionDef | ClassDef, Scope>();
  readonly withLoops = new Set<Expr>();
  private readonly path: Expr[] = [];

  constructor(private scope: Scope) {}

  body(statements: readonly Stmt[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case 'FunctionDef':
        return this.functionDef(s);
      case 'ClassDef':
        return this.classDef(s);
      case 'Return':
        return this.maybe(s.value);
      case 'Delete':
        for (const target of s.targets) this.target(target, true);
        return;
      case 'Assign':
        this.expression(s.value);
        for (const target of s.targets) this.assigned(target, s.value);
        return;
      case 'AugAssign':
        this.expression(s.target);
        this.assigned(s.target, { ...s, kind: 'BinOp', left: s.target, right: s.value });
        return this.expression(s.value);
      case 'For':
        this.scope.calls = true;
        this.expression(s.iter);
        this.target(s.target);
        this.body(s.body);
        return this.body(s.orelse);
      case 'While':
        this.scope.calls = true;
        this.expression(s.test);
        this.body(s.body);
        return this.body(s.orelse);
      case 'If': {
        // An elif chain may be as long as the program: no recursion along it.
        let branch = s;
        for (;;) {
          this.expression(branch.test);
          this.body(branch.body);
          const only = branch.orelse.length === 1 ? branch.orelse[0] : undefined;
          if (only?.kind !== 'If') return this.body(branch.orelse);
          branch = only;
        }
      }
      case 'Raise':
        this.maybe(s.type);
        this.maybe(s.inst);
        return this.maybe(s.tback);
      case 'TryExcept':
        this.scope.handles = true;
        this.body(s.body);
        for (const handler of s.handlers) {
          this.maybe(handler.type);
          if (handler.name !== undefined) this.target(handler.name);
          this.body(handler.body);
        }
        return this.body(s.orelse);
      case 'TryFinally':
        this.scope.handles = true;
        this.body(s.body);
        return this.body(s.finalbody);
      case 'Assert':
        this.expression(s.test);
        this.scope.used.add('AssertionError');
        return this.maybe(s.msg);
      case 'Expr':
        return this.expression(s.value);
      default:
        return;
    }
  }

  private functionDef(s: FunctionDef): void {
    for (const value of s.args.defaults) this.expression(value);
    this.bind(s.name, OTHER);
    const outer = this.scope;
    const inner = newScope('function', outer);
    this.scopes.set(s, inner);
    this.scope = inner;
    for (const parameter of s.args.args) this.target(parameter);
    if (s.args.vararg !== undefined) this.bind(s.args.vararg, OTHER);
    if (s.args.kwarg !== undefined) this.bind(s.args.kwarg, OTHER);
    this.body(s.body);
    this.scope = outer;
  }

  private classDef(s: ClassDef): void {
    for (const base of s.bases) this.expression(base);
    this.bind(s.name, OTHER);
    this.scope.calls = true;
    const outer = this.scope;
    const inner = newScope('class', outer);
    this.scopes.set(s, inner);
    this.scope = inner;
    this.body(s.body);
    if (inner.handles) outer.handles = true;
    this.scope = outer;
  }

  private bind(name: string, kind: number): void {
    this.scope.bound.add(name);
    this.scope.kinds.set(name, (this.scope.kinds.get(name) ?? 0) | kind);
  }

  /** The target of an assignment; `value` is undefined where the parts of something else are assigned. */
  private assigned(e: Expr, value: Expr | undefined): void {
    if (e.kind === 'Name') this.bind(e.id, value === undefined ? HOLDER : kindOf(value));
    else if (e.kind === 'Tuple' || e.kind === 'List') {
      const same = value?.kind === 'Tuple' && value.elts.length === e.elts.length ? value : undefined;
      for (const [i, element] of e.elts.entries()) this.assigned(element, same?.elts[i]);
    } else this.expression(e);
  }

  private target(e: Expr, deleted = false): void {
    switch (e.kind) {
      case 'Name':
        this.bind(e.id, OTHER);
        if (deleted) this.scope.deleted.add(e.id);
        return;
      case 'Tuple':
      case 'List':
        for (const element of e.elts) this.target(element, deleted);
        return;
      default:
        return this.expression(e);
    }
  }

  private maybe(e: Expr | undefined): void {
    if (e !== undefined) this.expression(e);
  }

  private expression(e: Expr): void {
    this.path.push(e);
    this.children(e);
    this.path.pop();
  }

  private children(e: Expr): void {
    switch (e.kind) {
      case 'Name':
        this.scope.used.add(e.id);
        return;
      case 'Num':
        if (e.type === 'float') this.scope.floats = true;
        return;
      case 'BoolOp':
      case 'Compare':
        for (const part of e.kind === 'BoolOp' ? e.values : [e.left, ...e.comparators]) this.expression(part);
        return;
      case 'BinOp':
        this.expression(e.left);
        return this.expression(e.right);
      case 'UnaryOp':
        return this.expression(e.operand);
      case 'Call':
        this.scope.calls = true;
        this.expression(e.func);
        for (const argument of e.args) this.expression(argument);
        for (const keyword of e.keywords) this.expression(keyword.value);
        this.maybe(e.starargs);
        return this.maybe(e.kwargs);
      case 'Attribute':
        return this.expression(e.value);
      case 'Subscript':
        this.expression(e.value);
        return this.slice(e.slice);
      case 'List':
      case 'Tuple':
        for (const element of e.elts) this.expression(element);
        return;
      case 'Dict':
        for (const key of e.keys) this.expression(key);
        for (const value of e.values) this.expression(value);
        return;
      case 'ListComp':
        for (const outer of this.path) this.withLoops.add(outer);
        this.scope.calls = true;
        this.expression(e.elt);
        for (const generator of e.generators) this.comprehension(generator);
        return;
      default:
        return;
    }
  }

  private comprehension(generator: Comprehension): void {
    this.expression(generator.iter);
    this.target(generator.target);
    for (const condition of generator.ifs) this.expression(condition);
  }

  private slice(slice: Slice): void {
    if (slice.kind === 'Index') this.expression(slice.value);
    else if (slice.kind === 'ExtSlice') for (const dimension of slice.dims) this.slice(dimension);
    else if (slice.kind === 'Slice') {
      this.maybe(slice.lower);
      this.maybe(slice.upper);
      this.maybe(slice.step);
    }
  }
}

/** The nearest function at or around `scope`; class bodies belong to the code around them. */
export function codeScope(scope: Scope): Scope {
  let at = scope;
  while (at.kind === 'class') at = at.parent!;
  return at;
}

/** Finds the function that binds `name` for code in `scope`, and notes on the way who has to hand the variable down. */
function capture(scope: Scope, name: string): void {
  const user = codeScope(scope);
  const crossed: Scope[] = [];
  for (let at: Scope | undefined = user; at !== undefined; at = at.parent) {
    if (at.kind !== 'function') continue;
    if (at.bound.has(name)) {
      if (at === user) return;
      at.cells.add(name);
      for (const inner of crossed) inner.free.add(name);
      return;
    }
    crossed.push(at);
  }
}

export function analyse(module: Module): Symbols {
  const top = newScope('module', undefined);
  const walk = new SymbolWalk(top);
  walk.body(module.body);
  const shared = new Set<string>();
  const resolve = (scope: Scope): void => {
    for (const name of scope.used) {
      if (scope.kind === 'class' && scope.bound.has(name)) {
        // A class body's own name that is unbound at the moment falls back to the global.
        shared.add(name);
        continue;
      }
      capture(scope, name);
    }
    if (codeScope(scope).kind === 'function') for (const name of scope.used) shared.add(name);
    for (const child of scope.children) resolve(child);
  };
  resolve(top);
  return { module: top, scopes: walk.scopes, withLoops: walk.withLoops, sharedGlobals: shared };
}
