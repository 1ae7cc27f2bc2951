/**
 * What may stand left of `=`, after `for`, `del`, or `except E,`: the verdicts of the `compiler` package's transformer (which RepyV2
 * reports first) by the kind of expression.
 */
import type { Expr } from '../ast.js';

/** The complaint about an expression that is no target, or `undefined`. Elements of tuples and lists are the caller's business. */
export function targetFault(target: Expr): string | undefined {
  switch (target.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
    // The transformer takes `(x for x in y)` for a tuple; CPython's tree builder refuses it.
    case 'GeneratorExp':
      return undefined;
    case 'Tuple':
      return target.elts.length === 0 ? "can't assign to ()" : undefined;
    case 'List':
      return target.elts.length === 0 ? "can't assign to []" : undefined;
    case 'Call':
      return "can't assign to function call";
    case 'ListComp':
      return "can't assign to list comprehension";
    case 'Num':
      return isNegative(target.value) ? "can't assign to operator" : "can't assign to literal";
    case 'Str':
    case 'Repr':
    case 'Dict':
    case 'Set':
    case 'SetComp':
    case 'DictComp':
      return "can't assign to literal";
    case 'Lambda':
      return 'bad assignment (321)';
    case 'Yield':
      return 'bad assignment (340)';
    default:
      return "can't assign to operator";
  }
}

const isNegative = (value: bigint | number): boolean => value < 0 || Object.is(value, -0);

const binaryNames = {
  Add: 'Add',
  Sub: 'Sub',
  Mult: 'Mul',
  Div: 'Div',
  Mod: 'Mod',
  Pow: 'Power',
  LShift: 'LeftShift',
  RShift: 'RightShift',
  BitOr: 'Bitor',
  BitXor: 'Bitxor',
  BitAnd: 'Bitand',
  FloorDiv: 'FloorDiv',
} as const;
const unaryNames = { Invert: 'Invert', Not: 'Not', UAdd: 'UnaryAdd', USub: 'UnarySub' } as const;

/** The `compiler` package's class name of an expression that can't be the target of an augmented assignment. */
export function legacyName(expr: Expr): string {
  switch (expr.kind) {
    case 'BinOp':
      return binaryNames[expr.op];
    case 'UnaryOp':
      return unaryNames[expr.op];
    case 'BoolOp':
      return expr.op;
    case 'Num':
      return isNegative(expr.value) ? 'UnarySub' : 'Const';
    case 'Str':
      return 'Const';
    case 'Call':
      return 'CallFunc';
    case 'Attribute':
      return 'Getattr';
    case 'GeneratorExp':
      return 'GenExpr';
    case 'Repr':
      return 'Backquote';
    default:
      return expr.kind;
  }
}

/**
 * The number of the grammar symbol that the transformer names in `f(EXPR=1)`: the innermost that is more than one token.
 * `compoundAtom`: the expression is an atom of several tokens, though its tree doesn't show it. A single name is fine: `undefined`.
 */
export function keywordFault(name: Expr, compoundAtom: boolean): number | undefined {
  if (compoundAtom) return 318;
  switch (name.kind) {
    case 'Name':
      return undefined;
    case 'Num':
      return isNegative(name.value) ? 316 : 2;
    case 'Str':
      return 3;
    case 'IfExp':
      return 304;
    case 'BoolOp':
      return name.op === 'Or' ? 305 : 306;
    case 'UnaryOp':
      return name.op === 'Not' ? 307 : 316;
    case 'Compare':
      return 308;
    case 'BinOp':
      return binaryLevels[name.op];
    case 'Attribute':
    case 'Subscript':
    case 'Call':
      return 317;
    case 'Lambda':
      return 321;
    default:
      return 318;
  }
}

const binaryLevels = {
  BitOr: 310,
  BitXor: 311,
  BitAnd: 312,
  LShift: 313,
  RShift: 313,
  Add: 314,
  Sub: 314,
  Mult: 315,
  Div: 315,
  Mod: 315,
  FloorDiv: 315,
  Pow: 317,
} as const;
