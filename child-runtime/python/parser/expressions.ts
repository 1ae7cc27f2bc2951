/**
 * Expressions of Python 2.7's grammar (Grammar/Grammar) by recursive descent. LL(1), like CPython's parser, so that the first token
 * that no rule accepts is the one that CPython names. Function names are the grammar's.
 */
import type {
  Arguments,
  Call,
  CompareOperator,
  Comprehension,
  Expr,
  Keyword,
  Located,
  Name,
  Num,
  Operator,
  Slice,
  Tuple,
} from '../ast.js';
import { bounds } from '../bounds.js';
import { ProgramError } from '../syntax-error.js';
import { NAME, NUMBER, OP, STRING } from '../tokenizer.js';
import { joinStrings, numberValue } from './literals.js';
import { nesting, TokenStream } from './stream.js';
import { keywordFault, targetFault } from './targets.js';

interface BinaryOperator {
  readonly op: Operator;
  readonly power: number;
}
const binaryOperators = new Map<string, BinaryOperator>([
  ['|', { op: 'BitOr', power: 1 }],
  ['^', { op: 'BitXor', power: 2 }],
  ['&', { op: 'BitAnd', power: 3 }],
  ['<<', { op: 'LShift', power: 4 }],
  ['>>', { op: 'RShift', power: 4 }],
  ['+', { op: 'Add', power: 5 }],
  ['-', { op: 'Sub', power: 5 }],
  ['*', { op: 'Mult', power: 6 }],
  ['/', { op: 'Div', power: 6 }],
  ['%', { op: 'Mod', power: 6 }],
  ['//', { op: 'FloorDiv', power: 6 }],
]);
const comparisons = new Map<string, CompareOperator>([
  ['<', 'Lt'],
  ['>', 'Gt'],
  ['==', 'Eq'],
  ['>=', 'GtE'],
  ['<=', 'LtE'],
  ['<>', 'NotEq'],
  ['!=', 'NotEq'],
  ['in', 'In'],
]);

const unaryOperators = new Map([
  ['+', 'UAdd'],
  ['-', 'USub'],
  ['~', 'Invert'],
] as const);

export abstract class ExpressionParser extends TokenStream {
  /** The line that the `compiler` package gives to the expression parsed last; 0 where it gives none. */
  protected checkLine = 0;
  /** Whether the last string was written as several adjacent ones. */
  private joinedStrings = false;
  /** Extent in the source of the last parenthesized atom. */
  private parenStart = -1;
  private parenEnd = -1;

  // ---- lists of expressions

  protected startsTest(): boolean {
    if (this.kind !== OP) return this.kind === NAME || this.kind === NUMBER || this.kind === STRING;
    return this.text === 'not' || this.text === 'lambda' || this.startsExpr();
  }

  private startsExpr(): boolean {
    if (this.kind !== OP) return this.kind === NAME || this.kind === NUMBER || this.kind === STRING;
    switch (this.text) {
      case '(':
      case '[':
      case '{':
      case '`':
      case '+':
      case '-':
      case '~':
        return true;
      default:
        return false;
    }
  }

  /** `test (',' test)* [',']`: one expression, or a tuple if there is a comma. */
  protected testlist(): Expr {
    const { line, col } = this;
    const first = this.test();
    if (!this.isOp(',')) return first;
    return this.tupleFrom(first, line, col);
  }

  private tupleFrom(first: Expr, lineno: number, col: number): Tuple {
    const checkLine = this.line;
    const elts = [first];
    while (this.accept(',')) {
      if (!this.startsTest()) break;
      elts.push(this.test());
    }
    this.checkLine = checkLine;
    return { kind: 'Tuple', lineno, col, elts };
  }

  /** Targets of `for` and `del`: `expr (',' expr)* [',']`. */
  protected exprlist(): { readonly items: Expr[]; readonly comma: boolean } {
    const items = [this.expr()];
    let comma = false;
    while (this.isOp(',')) {
      comma = true;
      this.next();
      if (!this.startsExpr()) break;
      items.push(this.expr());
    }
    return { items, comma };
  }

  /** The target of `for`, in a statement or a comprehension. */
  protected forTarget(): Expr {
    const { line } = this;
    const { items, comma } = this.exprlist();
    const { lineno, col } = items[0]!;
    const target: Expr = comma ? { kind: 'Tuple', lineno, col, elts: items } : items[0]!;
    this.assignable(target, line);
    return target;
  }

  /** Notes what a later stage has against `target` as a target; `lineno` is where the tree builder would place it. */
  protected assignable(target: Expr, lineno: number): void {
    const fault = targetFault(target);
    if (fault !== undefined) this.failTransform('SyntaxError', fault);
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const element of target.elts) this.assignable(element, lineno);
    } else if (target.kind === 'GeneratorExp') {
      this.assignable(target.elt, lineno);
      this.failTree("can't assign to generator expression", lineno);
    }
    if (target.kind === 'Name') this.storable(target.id, lineno);
    else if (target.kind === 'Attribute') this.storable(target.attr, lineno);
  }

  /** The same for `del`, which may name `None`. */
  protected deletable(target: Expr, lineno: number): void {
    const fault = targetFault(target);
    if (fault !== undefined) this.failTransform('SyntaxError', fault);
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const element of target.elts) this.deletable(element, lineno);
    } else if (target.kind === 'GeneratorExp') this.failTree("can't delete generator expression", lineno);
  }

  protected storable(name: string, lineno: number): void {
    if (name === 'None') this.failTree('cannot assign to None', lineno);
    else if (name === '__debug__') this.failTree('cannot assign to __debug__', lineno);
  }

  // ---- test: conditional, lambda, boolean operators

  protected test(): Expr {
    if (this.isOp('lambda')) return this.lambdef(false);
    const { line, col } = this;
    const body = this.orTest();
    if (!this.isOp('if')) return body;
    const checkLine = this.line;
    this.next();
    const test = this.orTest();
    this.expect('else');
    this.enter(nesting.conditional);
    const orelse = this.test();
    this.leave(nesting.conditional);
    this.checkLine = checkLine;
    return { kind: 'IfExp', lineno: line, col, checkLine, test, body, orelse };
  }

  /** `or_test | old_lambdef`: what may follow `if` and `in` in a list comprehension. */
  private oldTest(): Expr {
    return this.isOp('lambda') ? this.lambdef(true) : this.orTest();
  }

  private lambdef(old: boolean): Expr {
    const { line, col } = this;
    this.next();
    const args = this.varargslist(':');
    this.expect(':');
    this.enter(nesting.lambda);
    const body = old ? this.oldTest() : this.test();
    this.leave(nesting.lambda);
    this.checkLine = line;
    return { kind: 'Lambda', lineno: line, col, args, body };
  }

  protected orTest(): Expr {
    const { line, col } = this;
    const first = this.andTest();
    if (!this.isOp('or')) return first;
    const checkLine = this.line;
    const values = [first];
    while (this.accept('or')) values.push(this.andTest());
    this.checkLine = checkLine;
    return { kind: 'BoolOp', lineno: line, col, op: 'Or', values };
  }

  private andTest(): Expr {
    const { line, col } = this;
    const first = this.notTest();
    if (!this.isOp('and')) return first;
    const checkLine = this.line;
    const values = [first];
    while (this.accept('and')) values.push(this.notTest());
    this.checkLine = checkLine;
    return { kind: 'BoolOp', lineno: line, col, op: 'And', values };
  }

  private notTest(): Expr {
    if (!this.isOp('not')) return this.comparison();
    const { line, col } = this;
    this.next();
    this.enter(nesting.not);
    const operand = this.notTest();
    this.leave(nesting.not);
    this.checkLine = line;
    return { kind: 'UnaryOp', lineno: line, col, op: 'Not', operand };
  }

  private comparison(): Expr {
    const { line, col } = this;
    const left = this.expr();
    if (this.kind !== OP) return left;
    let checkLine = this.line;
    let op = this.compareOperator();
    if (op === undefined) return left;
    const ops: CompareOperator[] = [];
    const comparators: Expr[] = [];
    while (op !== undefined) {
      ops.push(op);
      comparators.push(this.expr());
      this.checkLine = checkLine;
      checkLine = this.line;
      op = this.compareOperator();
    }
    return { kind: 'Compare', lineno: line, col, left, ops, comparators };
  }

  /** Takes a comparison operator if one is here. */
  private compareOperator(): CompareOperator | undefined {
    if (this.kind !== OP) return undefined;
    const op = comparisons.get(this.text);
    if (op !== undefined) {
      this.next();
      return op;
    }
    if (this.text === 'is') {
      this.next();
      return this.accept('not') ? 'IsNot' : 'Is';
    }
    if (this.text !== 'not') return undefined;
    this.next();
    this.expect('in');
    return 'NotIn';
  }

  // ---- expr: binary operators, unary operators, power

  protected expr(): Expr {
    return this.binary(1);
  }

  /** Precedence climbing over `|` to `%`. The first operation lies where its left side does, the next ones at their operators. */
  private binary(power: number): Expr {
    const { line, col } = this;
    let left = this.factor();
    let operator = this.kind === OP ? binaryOperators.get(this.text) : undefined;
    let opened = 7;
    let firstLine = 0;
    while (operator !== undefined && operator.power >= power) {
      const level = operator.power;
      const operatorLine = this.line;
      const operatorCol = this.col;
      this.next();
      const right = this.binary(level + 1);
      // A chain of one precedence level goes on; a looser operator begins a new chain around what was read so far.
      const chained = level === opened;
      if (!chained) firstLine = operatorLine;
      opened = level;
      this.checkLine = firstLine;
      left = {
        kind: 'BinOp',
        lineno: chained ? operatorLine : line,
        col: chained ? operatorCol : col,
        left,
        op: operator.op,
        right,
      };
      operator = this.kind === OP ? binaryOperators.get(this.text) : undefined;
    }
    return left;
  }

  private factor(): Expr {
    if (this.kind !== OP) return this.power();
    const op = unaryOperators.get(this.text as '+' | '-' | '~');
    if (op === undefined) return this.power();
    const { line, col } = this;
    this.next();
    this.enter(nesting.unary);
    const literal = op === 'USub' && this.isKind(NUMBER) ? this.start : -1;
    const operand = this.factor();
    this.leave(nesting.unary);
    this.checkLine = line;
    if (operand.kind === 'Num' && literal >= 0) {
      return this.number(this.source.slice(literal, this.previousEnd), true, line, col);
    }
    return { kind: 'UnaryOp', lineno: line, col, op, operand };
  }

  private power(): Expr {
    const { line, col } = this;
    let base = this.atom();
    while (this.kind === OP) {
      if (this.text === '(') base = this.call(base);
      else if (this.text === '.') base = this.attribute(base);
      else if (this.text === '[') base = this.subscript(base);
      else break;
    }
    if (!this.isOp('**')) return base;
    const checkLine = this.line;
    this.next();
    this.enter(nesting.power);
    const right = this.factor();
    this.leave(nesting.power);
    this.checkLine = checkLine;
    return { kind: 'BinOp', lineno: line, col, left: base, op: 'Pow', right };
  }

  // ---- trailers

  private attribute(value: Expr): Expr {
    this.next();
    const attrLine = this.line;
    const attr = this.expectName();
    this.checkLine = attrLine;
    return { kind: 'Attribute', lineno: value.lineno, col: value.col, value, attr, attrLine };
  }

  private subscript(value: Expr): Expr {
    this.next();
    const { line, col } = this;
    this.enter(nesting.trailer);
    const dims = [this.slice()];
    let comma = false;
    while (this.isOp(',')) {
      comma = true;
      this.next();
      if (this.isOp(']')) break;
      dims.push(this.slice());
    }
    this.leave(nesting.trailer);
    this.expect(']');
    this.checkLine = line;
    return {
      kind: 'Subscript',
      lineno: value.lineno,
      col: value.col,
      value,
      slice: comma ? extended(dims, line, col) : dims[0]!,
    };
  }

  /** `'.' '.' '.' | test | [test] ':' [test] [':' [test]]`. */
  private slice(): Slice {
    if (this.accept('.')) {
      this.expect('.');
      this.expect('.');
      return { kind: 'Ellipsis' };
    }
    let lower: Expr | undefined;
    if (!this.isOp(':')) {
      lower = this.test();
      if (!this.isOp(':')) return { kind: 'Index', value: lower };
    }
    this.next();
    const upper = this.startsTest() ? this.test() : undefined;
    const { line, col } = this;
    if (!this.accept(':')) return { kind: 'Slice', lower, upper, step: undefined };
    const step: Expr = this.startsTest() ? this.test() : { kind: 'Name', lineno: line, col, id: 'None' };
    return { kind: 'Slice', lower, upper, step };
  }

  protected call(func: Expr): Call {
    this.next();
    const { line } = this;
    const args: Expr[] = [];
    const keywords: Keyword[] = [];
    let starargs: Expr | undefined;
    let kwargs: Expr | undefined;
    let trailingComma = false;
    let afterKeyword = false;
    let generator = false;
    this.enter(nesting.trailer);
    while (!this.isOp(')')) {
      trailingComma = false;
      if (starargs === undefined && this.accept('*')) {
        starargs = this.test();
      } else if (this.accept('**')) {
        kwargs = this.test();
        break;
      } else {
        const { line: argumentLine, col, start } = this;
        const argument = this.test();
        if (this.isOp('for')) {
          generator = true;
          args.push(this.generator(argument, argumentLine, col));
        } else if (this.isOp('=')) {
          this.keyword(
            argument,
            argumentLine,
            this.parenStart === start && this.parenEnd === this.previousEnd,
            keywords,
          );
        } else {
          if (afterKeyword) this.failTransform('SyntaxError', 'non-keyword arg after keyword arg');
          else if (starargs !== undefined) {
            this.failTransform('SyntaxError', 'only named arguments may follow *expression');
          }
          args.push(argument);
        }
        afterKeyword = keywords.length > 0 && !generator;
      }
      if (!this.isOp(',')) break;
      this.next();
      // Nothing but more arguments may follow `*args,`.
      if (starargs !== undefined && this.isOp(')')) throw this.unexpected();
      trailingComma = true;
    }
    this.leave(nesting.trailer);
    this.expect(')');
    const count = args.length + keywords.length;
    if (generator && (count > 1 || trailingComma || starargs !== undefined || kwargs !== undefined)) {
      this.failTransform('SyntaxError', 'generator expression needs parenthesis');
    }
    if (count > bounds.arguments) this.failTree('more than 255 arguments', line);
    this.checkLine = line;
    return { kind: 'Call', lineno: func.lineno, col: func.col, func, args, keywords, starargs, kwargs };
  }

  /** `NAME '=' test`, where the grammar itself takes any expression for the name. */
  private keyword(name: Expr, line: number, parenthesized: boolean, keywords: Keyword[]): void {
    const fault = keywordFault(name, parenthesized || (name.kind === 'Str' && this.joinedStrings));
    this.next();
    const value = this.test();
    if (name.kind !== 'Name' || fault !== undefined) {
      this.failTransform('SyntaxError', `keyword can't be an expression (${fault})`);
      return;
    }
    this.storable(name.id, line);
    if (keywords.length < bounds.arguments && keywords.some((keyword) => keyword.arg === name.id)) {
      this.failTree('keyword argument repeated', line);
    }
    keywords.push({ kind: 'keyword', nameLine: line, arg: name.id, value });
  }

  // ---- atoms

  private atom(): Expr {
    const { line, col } = this;
    switch (this.kind) {
      case NAME: {
        const id = this.text;
        this.next();
        this.checkLine = line;
        return { kind: 'Name', lineno: line, col, id };
      }
      case NUMBER: {
        const text = this.text;
        this.next();
        this.checkLine = line;
        return this.number(text, false, line, col);
      }
      case STRING: {
        const tokens = [this.text];
        this.next();
        while (this.kind === STRING) {
          tokens.push(this.text);
          this.next();
        }
        this.checkLine = line;
        this.joinedStrings = tokens.length > 1;
        return this.stringLiteral(tokens, line, col);
      }
      case OP:
        switch (this.text) {
          case '(':
            return this.parenthesis();
          case '[':
            return this.listDisplay();
          case '{':
            return this.dictOrSetDisplay();
          case '`':
            return this.backquotes();
        }
    }
    throw this.unexpected();
  }

  /** A wrong literal is an error of the transformer, after the grammar's. */
  private number(text: string, negative: boolean, lineno: number, col: number): Expr {
    try {
      const { type, value } = numberValue(text, negative);
      // No spread: a program may be one long list of numbers.
      return { kind: 'Num', lineno, col, type, value } as Num;
    } catch (error) {
      this.failLiteral(error);
      return { kind: 'Num', lineno, col, type: 'int', value: 0n };
    }
  }

  private stringLiteral(tokens: readonly string[], lineno: number, col: number): Expr {
    try {
      const { value, unicode } = joinStrings(tokens);
      return { kind: 'Str', lineno, col, value, unicode };
    } catch (error) {
      this.failLiteral(error);
      return { kind: 'Str', lineno, col, value: '', unicode: false };
    }
  }

  private failLiteral(error: unknown): void {
    if (!(error instanceof ProgramError)) throw error;
    this.transformError ??= error;
  }

  private parenthesis(): Expr {
    const { line, col, start } = this;
    this.next();
    let inner: Expr;
    if (this.isOp(')')) {
      inner = { kind: 'Tuple', lineno: line, col, elts: [] };
      this.checkLine = line;
    } else {
      this.enter(nesting.parenthesis);
      inner = this.isOp('yield') ? this.yieldExpr() : this.testlistComp();
      this.leave(nesting.parenthesis);
    }
    this.expect(')');
    this.parenStart = start;
    this.parenEnd = this.previousEnd;
    return inner;
  }

  protected yieldExpr(): Expr {
    const { line, col } = this;
    this.next();
    const value = this.startsTest() ? this.testlist() : undefined;
    this.checkLine = line;
    return { kind: 'Yield', lineno: line, col, value };
  }

  private testlistComp(): Expr {
    const { line, col } = this;
    const first = this.test();
    if (this.isOp('for')) return this.generator(first, line, col);
    return this.isOp(',') ? this.tupleFrom(first, line, col) : first;
  }

  private generator(elt: Expr, lineno: number, col: number): Expr {
    const checkLine = this.line;
    const generators = this.comprehension(false);
    this.checkLine = checkLine;
    return { kind: 'GeneratorExp', lineno, col, checkLine, elt, generators };
  }

  private listDisplay(): Expr {
    const { line, col } = this;
    this.next();
    if (this.accept(']')) {
      this.checkLine = line;
      return { kind: 'List', lineno: line, col, elts: [] };
    }
    this.enter(nesting.display);
    const inner = { lineno: this.line, col: this.col };
    const first = this.test();
    let checkLine = this.checkLine;
    let list: Expr;
    if (this.isOp('for')) {
      checkLine = this.line;
      list = { kind: 'ListComp', ...inner, elt: first, generators: this.comprehension(true) };
    } else {
      const elts = [first];
      while (this.accept(',')) {
        if (!this.startsTest()) break;
        elts.push(this.test());
      }
      list = { kind: 'List', lineno: line, col, elts };
    }
    this.leave(nesting.display);
    this.expect(']');
    this.checkLine = checkLine;
    return list;
  }

  private dictOrSetDisplay(): Expr {
    const { line, col } = this;
    this.next();
    if (this.accept('}')) {
      this.checkLine = line;
      return { kind: 'Dict', lineno: line, col, keys: [], values: [] };
    }
    this.enter(nesting.display);
    const inner = { lineno: this.line, col: this.col };
    const first = this.test();
    const firstLine = this.checkLine;
    const display = this.isOp(':')
      ? this.dictItems(first, { lineno: line, col }, inner)
      : this.setItems(first, firstLine, { lineno: line, col }, inner);
    this.leave(nesting.display);
    this.expect('}');
    this.checkLine = display.kind === 'Dict' ? firstLine : display.checkLine;
    return display;
  }

  /** A display lies at its brace, a comprehension at its first expression. */
  private dictItems(firstKey: Expr, outer: Located, inner: Located) {
    this.next();
    const firstValue = this.test();
    if (this.isOp('for')) {
      const checkLine = this.line;
      const generators = this.comprehension(false);
      return { kind: 'DictComp', ...inner, checkLine, key: firstKey, value: firstValue, generators } as const;
    }
    const keys = [firstKey];
    const values = [firstValue];
    while (this.accept(',')) {
      if (!this.startsTest()) break;
      keys.push(this.test());
      this.expect(':');
      values.push(this.test());
    }
    return { kind: 'Dict', ...outer, keys, values } as const;
  }

  private setItems(first: Expr, firstLine: number, outer: Located, inner: Located) {
    if (this.isOp('for')) {
      const checkLine = this.line;
      return { kind: 'SetComp', ...inner, checkLine, elt: first, generators: this.comprehension(false) } as const;
    }
    const elts = [first];
    while (this.accept(',')) {
      if (!this.startsTest()) break;
      elts.push(this.test());
    }
    return { kind: 'Set', ...outer, checkLine: firstLine, elts } as const;
  }

  private backquotes(): Expr {
    const { line, col } = this;
    this.next();
    this.enter(nesting.backquote);
    const inner = { line: this.line, col: this.col };
    let value = this.test();
    if (this.isOp(',')) {
      const elts = [value];
      while (this.accept(',')) elts.push(this.test());
      value = { kind: 'Tuple', lineno: inner.line, col: inner.col, elts };
    }
    this.leave(nesting.backquote);
    this.expect('`');
    this.checkLine = 0;
    return { kind: 'Repr', lineno: line, col, value };
  }

  /** The clauses from `for` on. `list`: those of a list comprehension, whose `in` takes several expressions. */
  private comprehension(list: boolean): Comprehension[] {
    const clauses: Comprehension[] = [];
    let levels = 0;
    while (this.isOp('for')) {
      this.next();
      const target = this.forTarget();
      this.expect('in');
      const iter = list ? this.testlistSafe() : this.orTest();
      const ifs: Expr[] = [];
      this.enter(nesting.comprehensionClause);
      levels += 1;
      while (this.accept('if')) {
        ifs.push(this.oldTest());
        this.enter(nesting.comprehensionClause);
        levels += 1;
      }
      clauses.push({ kind: 'comprehension', target, iter, ifs });
    }
    for (; levels > 0; levels -= 1) this.leave(nesting.comprehensionClause);
    return clauses;
  }

  /** `old_test [(',' old_test)+ [',']]`. */
  private testlistSafe(): Expr {
    const { line, col } = this;
    const first = this.oldTest();
    if (!this.isOp(',')) return first;
    const elts = [first];
    while (this.accept(',')) {
      if (elts.length > 1 && !this.startsTest()) break;
      elts.push(this.oldTest());
    }
    return { kind: 'Tuple', lineno: line, col, elts };
  }

  // ---- parameters

  /** The parameters of a `def` or `lambda` up to `close`, which is left in place. */
  protected varargslist(close: string): Arguments {
    const { line } = this;
    const args: (Name | Tuple)[] = [];
    const defaults: Expr[] = [];
    let vararg: string | undefined;
    let kwarg: string | undefined;
    while (!this.isOp(close)) {
      if (this.accept('*')) {
        vararg = this.parameterName();
        if (!this.accept(',')) break;
        if (!this.isOp('**')) throw this.unexpected();
        continue;
      }
      if (this.accept('**')) {
        kwarg = this.parameterName();
        break;
      }
      const { start } = this;
      const parameter = this.parameter();
      args.push(parameter);
      if (this.accept('=')) {
        if (parameter.kind === 'Name' && this.source.charCodeAt(start) === 40) {
          this.failTree('parenthesized arg with default', line);
        }
        defaults.push(this.test());
      } else if (defaults.length > 0) {
        this.failTransform('SyntaxError', 'non-default argument follows default argument');
      }
      if (!this.accept(',')) break;
    }
    if (args.length > bounds.arguments) this.failTree('more than 255 arguments', line);
    return { kind: 'arguments', args, vararg, kwarg, defaults };
  }

  private parameterName(): string {
    const { line } = this;
    const name = this.expectName();
    this.storable(name, line);
    return name;
  }

  /** `NAME | '(' fpdef (',' fpdef)* [','] ')'`. */
  private parameter(): Name | Tuple {
    const { line, col } = this;
    if (!this.isOp('(')) return { kind: 'Name', lineno: line, col, id: this.parameterName() };
    this.next();
    this.enter(nesting.parameter, 32);
    const inner = { line: this.line, col: this.col };
    const first = this.parameter();
    let parameter = first;
    if (this.isOp(',')) {
      const elts: (Name | Tuple)[] = [first];
      while (this.accept(',')) {
        if (this.isOp(')')) break;
        elts.push(this.parameter());
      }
      parameter = { kind: 'Tuple', lineno: inner.line, col: inner.col, elts };
    }
    this.leave(nesting.parameter);
    this.expect(')');
    return parameter;
  }
}

/** Several subscripts are a tuple index, unless one of them is a slice. */
function extended(dims: Slice[], lineno: number, col: number): Slice {
  const elts: Expr[] = [];
  for (const dim of dims) {
    if (dim.kind !== 'Index') return { kind: 'ExtSlice', dims };
    elts.push(dim.value);
  }
  return { kind: 'Index', value: { kind: 'Tuple', lineno, col, elts } };
}
