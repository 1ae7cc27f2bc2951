/** Statements of Python 2.7's grammar. Function names are the grammar's. */
import type { Alias, ExceptHandler, Expr, If, Module, Operator, Stmt, TryExcept, With } from '../ast.js';
import { ProgramError } from '../syntax-error.js';
import { DEDENT, END, INDENT, NAME, NEWLINE, OP } from '../tokenizer.js';
import { ExpressionParser } from './expressions.js';
import { type Nesting, nesting } from './stream.js';
import { legacyName } from './targets.js';

const augmentedOperators = new Map<string, Operator>([
  ['+=', 'Add'],
  ['-=', 'Sub'],
  ['*=', 'Mult'],
  ['/=', 'Div'],
  ['%=', 'Mod'],
  ['&=', 'BitAnd'],
  ['|=', 'BitOr'],
  ['^=', 'BitXor'],
  ['<<=', 'LShift'],
  ['>>=', 'RShift'],
  ['**=', 'Pow'],
  ['//=', 'FloorDiv'],
]);

export class Parser extends ExpressionParser {
  /** `source` as `normalizeSource` returns it. Throws `ProgramError`. */
  module(): Module {
    const body: Stmt[] = [];
    this.next();
    while (this.kind !== END) {
      if (this.kind === NEWLINE) this.next();
      else this.stmt(body);
    }
    if (this.transformError !== undefined) throw this.transformError;
    return { kind: 'Module', body, treeError: this.treeError };
  }

  private stmt(body: Stmt[]): void {
    const compound = this.kind === OP ? this.compoundStmt() : undefined;
    if (compound !== undefined) body.push(compound);
    else this.simpleStmt(body);
  }

  private compoundStmt(): Stmt | undefined {
    switch (this.text) {
      case 'if':
        return this.ifStmt();
      case 'while':
        return this.whileStmt();
      case 'for':
        return this.forStmt();
      case 'try':
        return this.tryStmt();
      case 'def':
        return this.funcdef([]);
      case 'class':
        return this.classdef([]);
      case 'with':
        return this.withStmt();
      case '@':
        return this.decorated();
      default:
        return undefined;
    }
  }

  /** `small_stmt (';' small_stmt)* [';'] NEWLINE`. */
  private simpleStmt(body: Stmt[]): void {
    do body.push(this.smallStmt());
    while (this.accept(';') && !this.isKind(NEWLINE));
    if (!this.isKind(NEWLINE)) throw this.unexpected();
    this.next();
  }

  /** What follows the `:` of a compound statement. */
  private suite(level: Nesting = nesting.block): Stmt[] {
    const body: Stmt[] = [];
    this.expect(':');
    this.enter(level);
    if (this.kind === NEWLINE) {
      this.next();
      if (!this.isKind(INDENT)) {
        throw new ProgramError('IndentationError', 'expected an indented block', this.line);
      }
      this.next();
      do this.stmt(body);
      while (!this.isKind(DEDENT));
      this.leave(level);
      this.next();
    } else {
      this.simpleStmt(body);
      this.leave(level);
    }
    return body;
  }

  // ---- small statements

  private smallStmt(): Stmt {
    const { line, col } = this;
    const located = { lineno: line, col };
    if (this.kind === OP) {
      switch (this.text) {
        case 'pass':
          this.next();
          return { kind: 'Pass', ...located };
        case 'break':
          this.next();
          return { kind: 'Break', ...located };
        case 'continue':
          this.next();
          return { kind: 'Continue', ...located };
        case 'return':
          this.next();
          return { kind: 'Return', ...located, value: this.startsTest() ? this.testlist() : undefined };
        case 'raise':
          return this.raiseStmt();
        case 'del':
          return this.delStmt();
        case 'assert': {
          this.next();
          const test = this.test();
          return { kind: 'Assert', ...located, test, msg: this.accept(',') ? this.test() : undefined };
        }
        case 'print':
          return this.printStmt();
        case 'exec':
          return this.execStmt();
        case 'global': {
          this.next();
          const names = [this.expectName()];
          while (this.accept(',')) names.push(this.expectName());
          return { kind: 'Global', ...located, names };
        }
        case 'import':
          return this.importName();
        case 'from':
          return this.importFrom();
        case 'yield':
          return { kind: 'Expr', ...located, value: this.yieldExpr() };
      }
    }
    return this.exprStmt();
  }

  /** `testlist (augassign (yield_expr|testlist) | ('=' (yield_expr|testlist))*)`. */
  private exprStmt(): Stmt {
    const { line, col } = this;
    const located = { lineno: line, col };
    const errorBefore = this.transformError;
    const first = this.testlist();
    if (this.kind !== OP) return { kind: 'Expr', ...located, value: first };
    if (this.text === '=') {
      // The transformer does not descend into parentheses left of `=`, so their depth is no fault.
      if (this.transformError?.type === 'RuntimeError') this.transformError = errorBefore;
      const targets: Expr[] = [];
      const lines: number[] = [];
      let value = first;
      let valueLine = line;
      while (this.accept('=')) {
        targets.push(value);
        lines.push(valueLine);
        valueLine = this.line;
        value = this.isOp('yield') ? this.yieldExpr() : this.testlist();
      }
      // After the value: the transformer looks at that first.
      targets.forEach((target, index) => {
        this.assignable(target, lines[index]!);
      });
      return { kind: 'Assign', ...located, targets, value };
    }
    const op = augmentedOperators.get(this.text);
    if (op === undefined) return { kind: 'Expr', ...located, value: first };
    this.next();
    const value = this.isOp('yield') ? this.yieldExpr() : this.testlist();
    if (first.kind !== 'Name' && first.kind !== 'Attribute' && first.kind !== 'Subscript') {
      this.failTransform('SyntaxError', `can't assign to ${legacyName(first)}`);
      return { kind: 'Expr', ...located, value };
    }
    this.assignable(first, line);
    return { kind: 'AugAssign', ...located, target: first, op, value };
  }

  private raiseStmt(): Stmt {
    const { line, col } = this;
    this.next();
    const type = this.startsTest() ? this.test() : undefined;
    const inst = type !== undefined && this.accept(',') ? this.test() : undefined;
    const tback = inst !== undefined && this.accept(',') ? this.test() : undefined;
    return { kind: 'Raise', lineno: line, col, type, inst, tback };
  }

  private delStmt(): Stmt {
    const { line, col } = this;
    this.next();
    const { items } = this.exprlist();
    for (const target of items) this.deletable(target, line);
    return { kind: 'Delete', lineno: line, col, targets: items };
  }

  private printStmt(): Stmt {
    const { line, col } = this;
    this.next();
    const values: Expr[] = [];
    let dest: Expr | undefined;
    let nl = true;
    if (this.accept('>>')) {
      dest = this.test();
      if (this.accept(',')) {
        values.push(this.test());
        nl = this.moreValues(values);
      }
    } else if (this.startsTest()) {
      values.push(this.test());
      nl = this.moreValues(values);
    }
    return { kind: 'Print', lineno: line, col, dest, values, nl };
  }

  /** Returns whether the list ended without a comma. */
  private moreValues(values: Expr[]): boolean {
    while (this.accept(',')) {
      if (!this.startsTest()) return false;
      values.push(this.test());
    }
    return true;
  }

  private execStmt(): Stmt {
    const { line, col } = this;
    this.next();
    const body = this.expr();
    const globals = this.accept('in') ? this.test() : undefined;
    const locals = globals !== undefined && this.accept(',') ? this.test() : undefined;
    return { kind: 'Exec', lineno: line, col, body, globals, locals };
  }

  private importName(): Stmt {
    const { line, col } = this;
    this.next();
    const names: Alias[] = [];
    do names.push(this.alias(this.dottedName()));
    while (this.accept(','));
    return { kind: 'Import', lineno: line, col, names };
  }

  private importFrom(): Stmt {
    const { line, col } = this;
    this.next();
    let level = 0;
    while (this.accept('.')) level += 1;
    const module = level === 0 || this.kind === NAME ? this.dottedName() : undefined;
    this.expect('import');
    const names: Alias[] = [];
    if (this.accept('*')) {
      names.push({ kind: 'alias', name: '*', asname: undefined });
    } else {
      const parenthesized = this.accept('(');
      do names.push(this.alias(this.expectName()));
      while (this.accept(',') && this.isKind(NAME));
      if (parenthesized) this.expect(')');
    }
    if (module === '__future__' && names.some((alias) => alias.name === 'print_function')) this.printIsName = true;
    return { kind: 'ImportFrom', lineno: line, col, module, names, level };
  }

  private dottedName(): string {
    let name = this.expectName();
    while (this.accept('.')) name += `.${this.expectName()}`;
    return name;
  }

  private alias(name: string): Alias {
    return { kind: 'alias', name, asname: this.accept('as') ? this.expectName() : undefined };
  }

  // ---- compound statements

  /** The chain of `elif`s is read with a loop and built from its end: it may be as long as the program. */
  private ifStmt(): Stmt {
    const { line, col } = this;
    const arms: { lineno: number; col: number; test: Expr; body: Stmt[] }[] = [];
    do {
      this.next();
      // An `elif` lies where its condition does.
      const position = arms.length === 0 ? { lineno: line, col } : { lineno: this.line, col: this.col };
      const test = this.test();
      arms.push({ ...position, test, body: this.suite() });
    } while (this.isOp('elif'));
    let orelse = this.accept('else') ? this.suite() : [];
    for (;;) {
      const arm = arms.pop()!;
      const statement: If = { kind: 'If', ...arm, orelse };
      if (arms.length === 0) return statement;
      orelse = [statement];
    }
  }

  private whileStmt(): Stmt {
    const { line, col } = this;
    this.next();
    const test = this.test();
    const body = this.suite();
    return { kind: 'While', lineno: line, col, test, body, orelse: this.accept('else') ? this.suite() : [] };
  }

  private forStmt(): Stmt {
    const { line, col } = this;
    this.next();
    const target = this.forTarget();
    this.expect('in');
    const iter = this.testlist();
    const body = this.suite();
    return { kind: 'For', lineno: line, col, target, iter, body, orelse: this.accept('else') ? this.suite() : [] };
  }

  private tryStmt(): Stmt {
    const { line, col } = this;
    this.next();
    const body = this.suite(nesting.tryBlock);
    if (this.accept('finally')) {
      return { kind: 'TryFinally', lineno: line, col, body, finalbody: this.suite(nesting.tryBlock) };
    }
    if (!this.isOp('except')) throw this.unexpected();
    const handlers: ExceptHandler[] = [];
    while (this.isOp('except')) handlers.push(this.exceptClause());
    const orelse = this.accept('else') ? this.suite(nesting.tryBlock) : [];
    const guarded: TryExcept = { kind: 'TryExcept', lineno: line, col, body, handlers, orelse };
    if (!this.accept('finally')) return guarded;
    return { kind: 'TryFinally', lineno: line, col, body: [guarded], finalbody: this.suite(nesting.tryBlock) };
  }

  private exceptClause(): ExceptHandler {
    const { line, col } = this;
    this.next();
    const type = this.startsTest() ? this.test() : undefined;
    let name: Expr | undefined;
    if (type !== undefined && (this.accept(',') || this.accept('as'))) {
      const nameLine = this.line;
      name = this.test();
      this.assignable(name, nameLine);
    }
    return { kind: 'ExceptHandler', lineno: line, col, type, name, body: this.suite(nesting.tryBlock) };
  }

  /** `with a as b, c as d:` is one `With` inside the other. */
  private withStmt(): Stmt {
    const items: { lineno: number; col: number; context_expr: Expr; optional_vars: Expr | undefined }[] = [];
    this.next();
    do {
      const position = { lineno: this.line, col: this.col };
      const context = this.test();
      let vars: Expr | undefined;
      if (this.accept('as')) {
        const varsLine = this.line;
        vars = this.expr();
        this.assignable(vars, varsLine);
      }
      items.push({ ...position, context_expr: context, optional_vars: vars });
    } while (this.accept(','));
    let body = this.suite();
    for (;;) {
      const item = items.pop()!;
      const statement: With = { kind: 'With', ...item, body };
      if (items.length === 0) return statement;
      body = [statement];
    }
  }

  private decorated(): Stmt {
    const { line, col } = this;
    const decorators: Expr[] = [];
    while (this.accept('@')) {
      decorators.push(this.decorator());
      if (this.kind !== NEWLINE) throw this.unexpected();
      this.next();
    }
    let definition: Stmt;
    if (this.isOp('def')) definition = this.funcdef(decorators);
    else if (this.isOp('class')) definition = this.classdef(decorators);
    else throw this.unexpected();
    return { ...definition, lineno: line, col };
  }

  private decorator(): Expr {
    const { line, col } = this;
    let expr: Expr = { kind: 'Name', lineno: line, col, id: this.expectName() };
    while (this.accept('.')) {
      const attrLine = this.line;
      expr = { kind: 'Attribute', lineno: line, col, value: expr, attr: this.expectName(), attrLine };
    }
    return this.isOp('(') ? this.call(expr) : expr;
  }

  private funcdef(decorators: Expr[]): Stmt {
    const { line, col } = this;
    this.next();
    const nameLine = this.line;
    const name = this.expectName();
    this.storable(name, line);
    this.expect('(');
    const args = this.varargslist(')');
    this.expect(')');
    const body = this.suite();
    return { kind: 'FunctionDef', lineno: line, col, name, nameLine, args, body, decorator_list: decorators };
  }

  private classdef(decorators: Expr[]): Stmt {
    const { line, col } = this;
    this.next();
    const nameLine = this.line;
    const name = this.expectName();
    this.storable(name, line);
    const bases: Expr[] = [];
    if (this.accept('(')) {
      while (this.startsTest()) {
        bases.push(this.test());
        if (!this.accept(',')) break;
      }
      this.expect(')');
    }
    return {
      kind: 'ClassDef',
      lineno: line,
      col,
      name,
      nameLine,
      bases,
      body: this.suite(),
      decorator_list: decorators,
    };
  }
}
