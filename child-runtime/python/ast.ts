/**
 * The syntax tree of a Python 2.7 program: CPython 2.7's own ASDL (`_ast`), same node and field names, with `kind` as the
 * class name. Differences, all on purpose:
 *
 * - Lines are the program's own, counted from 1. RepyV2's hidden two-line coding header is the business of `reports/`.
 * - `Num` and `Str` hold JavaScript values (see `NumType` and `Str`). `ctx` is dropped: the place of a target says it.
 * - `nameLine`, `attrLine`, `checkLine` are what RepyV2's safety check would report where that is not `lineno`.
 * - `elif` is an `If` alone in `orelse`, as in CPython; such a chain may be as long as the program, so walk it with a loop.
 *   Every other nesting is bounded by the parser and the safety check (`bounds.ts`), so recursion is safe there.
 */

import type { ProgramError } from './syntax-error.js';

export type BoolOperator = 'And' | 'Or';
export type Operator =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'Div'
  | 'Mod'
  | 'Pow'
  | 'LShift'
  | 'RShift'
  | 'BitOr'
  | 'BitXor'
  | 'BitAnd'
  | 'FloorDiv';
export type UnaryOperator = 'Invert' | 'Not' | 'UAdd' | 'USub';
export type CompareOperator = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

/** Where a node begins: line from 1, column from 0 in bytes, as CPython's `lineno` and `col_offset`. */
export interface Located {
  readonly lineno: number;
  readonly col: number;
}

export interface Module {
  readonly kind: 'Module';
  readonly body: readonly Stmt[];
  /** The first thing that CPython refuses when it builds its tree, but RepyV2's safety check lets pass (see `compile-stage.ts`). */
  readonly treeError: ProgramError | undefined;
}

// ---- statements

export interface FunctionDef extends Located {
  readonly kind: 'FunctionDef';
  readonly name: string;
  readonly nameLine: number;
  readonly args: Arguments;
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
}
export interface ClassDef extends Located {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameLine: number;
  readonly bases: readonly Expr[];
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
}
export interface Return extends Located {
  readonly kind: 'Return';
  readonly value: Expr | undefined;
}
export interface Delete extends Located {
  readonly kind: 'Delete';
  readonly targets: readonly Expr[];
}
/** `t1 = t2 = value`: targets from left to right. */
export interface Assign extends Located {
  readonly kind: 'Assign';
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface AugAssign extends Located {
  readonly kind: 'AugAssign';
  readonly target: Name | Attribute | Subscript;
  readonly op: Operator;
  readonly value: Expr;
}
export interface Print extends Located {
  readonly kind: 'Print';
  readonly dest: Expr | undefined;
  readonly values: readonly Expr[];
  readonly nl: boolean;
}
export interface For extends Located {
  readonly kind: 'For';
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface While extends Located {
  readonly kind: 'While';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface If extends Located {
  readonly kind: 'If';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface With extends Located {
  readonly kind: 'With';
  readonly context_expr: Expr;
  readonly optional_vars: Expr | undefined;
  readonly body: readonly Stmt[];
}
export interface Raise extends Located {
  readonly kind: 'Raise';
  readonly type: Expr | undefined;
  readonly inst: Expr | undefined;
  readonly tback: Expr | undefined;
}
export interface TryExcept extends Located {
  readonly kind: 'TryExcept';
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
}
/** `try/except/finally` is a `TryExcept` alone in the body of a `TryFinally`. */
export interface TryFinally extends Located {
  readonly kind: 'TryFinally';
  readonly body: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}
export interface Assert extends Located {
  readonly kind: 'Assert';
  readonly test: Expr;
  readonly msg: Expr | undefined;
}
export interface Import extends Located {
  readonly kind: 'Import';
  readonly names: readonly Alias[];
}
export interface ImportFrom extends Located {
  readonly kind: 'ImportFrom';
  readonly module: string | undefined;
  readonly names: readonly Alias[];
  readonly level: number;
}
export interface Exec extends Located {
  readonly kind: 'Exec';
  readonly body: Expr;
  readonly globals: Expr | undefined;
  readonly locals: Expr | undefined;
}
export interface Global extends Located {
  readonly kind: 'Global';
  readonly names: readonly string[];
}
/** An expression as a statement; a docstring is one that is first in its body and holds a `Str`. */
export interface ExprStmt extends Located {
  readonly kind: 'Expr';
  readonly value: Expr;
}
export interface Pass extends Located {
  readonly kind: 'Pass';
}
export interface Break extends Located {
  readonly kind: 'Break';
}
export interface Continue extends Located {
  readonly kind: 'Continue';
}

export type Stmt =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | Print
  | For
  | While
  | If
  | With
  | Raise
  | TryExcept
  | TryFinally
  | Assert
  | Import
  | ImportFrom
  | Exec
  | Global
  | ExprStmt
  | Pass
  | Break
  | Continue;

// ---- expressions

export interface BoolOp extends Located {
  readonly kind: 'BoolOp';
  readonly op: BoolOperator;
  readonly values: readonly Expr[];
}
export interface BinOp extends Located {
  readonly kind: 'BinOp';
  readonly left: Expr;
  readonly op: Operator;
  readonly right: Expr;
}
export interface UnaryOp extends Located {
  readonly kind: 'UnaryOp';
  readonly op: UnaryOperator;
  readonly operand: Expr;
}
export interface Lambda extends Located {
  readonly kind: 'Lambda';
  readonly args: Arguments;
  readonly body: Expr;
}
export interface IfExp extends Located {
  readonly kind: 'IfExp';
  readonly checkLine: number;
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
/** `keys[i]: values[i]`. */
export interface Dict extends Located {
  readonly kind: 'Dict';
  readonly keys: readonly Expr[];
  readonly values: readonly Expr[];
}
export interface SetDisplay extends Located {
  readonly kind: 'Set';
  /** 0 where RepyV2 finds none. */
  readonly checkLine: number;
  readonly elts: readonly Expr[];
}
/** The target leaks into the enclosing scope (Python 2). */
export interface ListComp extends Located {
  readonly kind: 'ListComp';
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface SetComp extends Located {
  readonly kind: 'SetComp';
  readonly checkLine: number;
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface DictComp extends Located {
  readonly kind: 'DictComp';
  readonly checkLine: number;
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: readonly Comprehension[];
}
export interface GeneratorExp extends Located {
  readonly kind: 'GeneratorExp';
  readonly checkLine: number;
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface Yield extends Located {
  readonly kind: 'Yield';
  readonly value: Expr | undefined;
}
/** `left ops[0] comparators[0] ops[1] comparators[1] ...`. */
export interface Compare extends Located {
  readonly kind: 'Compare';
  readonly left: Expr;
  readonly ops: readonly CompareOperator[];
  readonly comparators: readonly Expr[];
}
export interface Call extends Located {
  readonly kind: 'Call';
  readonly func: Expr;
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly starargs: Expr | undefined;
  readonly kwargs: Expr | undefined;
}
/** Backquotes. */
export interface Repr extends Located {
  readonly kind: 'Repr';
  readonly value: Expr;
}
/**
 * A literal number. `int` and `long` are never negative, except that `-N` of a literal is one `Num` as in CPython (so that
 * -9223372036854775808 is an int). `complex` is imaginary: `value` is the imaginary part.
 */
export type NumType =
  | { readonly type: 'int' | 'long'; readonly value: bigint }
  | { readonly type: 'float' | 'complex'; readonly value: number };
export type Num = Located & { readonly kind: 'Num' } & NumType;
/** Adjacent literals are joined. `value` holds one byte a char (latin-1) for a byte string, UTF-16 for a unicode one. */
export interface Str extends Located {
  readonly kind: 'Str';
  readonly value: string;
  readonly unicode: boolean;
}
export interface Attribute extends Located {
  readonly kind: 'Attribute';
  readonly value: Expr;
  readonly attr: string;
  readonly attrLine: number;
}
export interface Subscript extends Located {
  readonly kind: 'Subscript';
  readonly value: Expr;
  readonly slice: Slice;
}
export interface Name extends Located {
  readonly kind: 'Name';
  readonly id: string;
}
export interface List extends Located {
  readonly kind: 'List';
  readonly elts: readonly Expr[];
}
export interface Tuple extends Located {
  readonly kind: 'Tuple';
  readonly elts: readonly Expr[];
}

export type Expr =
  | BoolOp
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetDisplay
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Yield
  | Compare
  | Call
  | Repr
  | Num
  | Str
  | Attribute
  | Subscript
  | Name
  | List
  | Tuple;

// ---- the rest

export interface EllipsisSlice {
  readonly kind: 'Ellipsis';
}
/** `a[x:y]` has no step; `a[x:y:]` has the step `Name None`, as in CPython (it makes an extended slice of it). */
export interface SimpleSlice {
  readonly kind: 'Slice';
  readonly lower: Expr | undefined;
  readonly upper: Expr | undefined;
  readonly step: Expr | undefined;
}
/** At least two dimensions of which one is no `Index`, or one slice before a trailing comma. */
export interface ExtSlice {
  readonly kind: 'ExtSlice';
  readonly dims: readonly Slice[];
}
export interface Index {
  readonly kind: 'Index';
  readonly value: Expr;
}
export type Slice = EllipsisSlice | SimpleSlice | ExtSlice | Index;

export interface Comprehension {
  readonly kind: 'comprehension';
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
}
export interface ExceptHandler extends Located {
  readonly kind: 'ExceptHandler';
  readonly type: Expr | undefined;
  /** Any assignment target. */
  readonly name: Expr | undefined;
  readonly body: readonly Stmt[];
}
/** A parameter is a `Name` or a `Tuple` of parameters (`def f(a, (b, c))`). `defaults` belong to the last `args`. */
export interface Arguments {
  readonly kind: 'arguments';
  readonly args: readonly (Name | Tuple)[];
  readonly vararg: string | undefined;
  readonly kwarg: string | undefined;
  readonly defaults: readonly Expr[];
}
export interface Keyword {
  readonly kind: 'keyword';
  readonly nameLine: number;
  readonly arg: string;
  readonly value: Expr;
}
export interface Alias {
  readonly kind: 'alias';
  readonly name: string;
  readonly asname: string | undefined;
}

export type Node = Module | Stmt | Expr | Slice | Comprehension | ExceptHandler | Arguments | Keyword | Alias;
