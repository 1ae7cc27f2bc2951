/**
 * What passes RepyV2's safety check and is refused by CPython's `compile()` after it. RepyV2 reports these as an uncaught exception
 * before the program starts, not as an unsafe program. Order: the tree builder's errors (`Module.treeError`), the symbol table's, the
 * code generator's.
 */
import type { Arguments, ClassDef, Expr, FunctionDef, Module, Node, Stmt, TryExcept } from '../ast.js';
import { bounds } from '../bounds.js';
import { ProgramError, syntaxError } from '../syntax-error.js';
import { captured, deletesNames } from './captured.js';
import { children } from './children.js';

/** The block kinds that the code generator keeps on its stack for each function, innermost last. */
type Block = 'loop' | 'except' | 'finally-try' | 'finally-end';

/** The first error, with the program's own line (RepyV2 shows it two higher), or `undefined`. */
export function checkCompileStage(module: Module): ProgramError | undefined {
  if (module.treeError !== undefined) return module.treeError;
  try {
    duplicateParameters(module.body);
    new BlockWalk('other', none).suite(module.body);
    return undefined;
  } catch (error) {
    if (error instanceof ProgramError) return error;
    throw error;
  }
}

const none: ReadonlySet<string> = new Set();

/** The statements nested in a statement, in the order of the source. Chains of `elif` are the caller's loop. */
function* suitesOf(node: Stmt): Generator<readonly Stmt[]> {
  if ('body' in node && Array.isArray(node.body)) yield node.body as readonly Stmt[];
  if (node.kind === 'TryExcept') for (const handler of node.handlers) yield handler.body;
  if ('orelse' in node) yield node.orelse;
  if ('finalbody' in node) yield node.finalbody;
}

function duplicateParameters(body: readonly Stmt[]): void {
  const pending: (readonly Stmt[])[] = [body];
  const positions = [0];
  while (pending.length > 0) {
    const position = positions.pop()!;
    const node = pending.at(-1)![position];
    if (node === undefined) {
      pending.pop();
      continue;
    }
    positions.push(position + 1);
    if (node.kind === 'FunctionDef') parameters(node.args, node.lineno);
    for (const suite of [...suitesOf(node)].reverse()) {
      if (suite.length === 0) continue;
      pending.push(suite);
      positions.push(0);
    }
  }
}

function parameters(args: Arguments, lineno: number): void {
  const seen = new Set<string>();
  const add = (name: string): void => {
    if (seen.has(name)) throw syntaxError(`duplicate argument '${name}' in function definition`, lineno);
    seen.add(name);
  };
  const nested = (expr: Expr): void => {
    if (expr.kind === 'Name') add(expr.id);
    else if (expr.kind === 'Tuple') for (const element of expr.elts) nested(element);
  };
  for (const arg of args.args) if (arg.kind === 'Name') add(arg.id);
  if (args.vararg !== undefined) add(args.vararg);
  if (args.kwarg !== undefined) add(args.kwarg);
  for (const arg of args.args) if (arg.kind === 'Tuple') nested(arg);
}

/** The truth of a condition that the code generator knows: it leaves out what can't run, with its errors. */
function constant(test: Expr): boolean | undefined {
  if (test.kind === 'Num') return Boolean(test.value) || Number.isNaN(test.value);
  if (test.kind === 'Str') return test.value.length > 0;
  return undefined;
}

class BlockWalk {
  private readonly blocks: Block[] = [];

  /** `cells`: variables of this function that functions inside refer to. */
  constructor(
    private readonly scope: 'function' | 'other',
    private readonly cells: ReadonlySet<string>,
  ) {}

  suite(body: readonly Stmt[]): void {
    for (const node of body) this.statement(node);
  }

  private within(block: Block, body: readonly Stmt[]): void {
    if (this.blocks.length >= bounds.blocks) throw new ProgramError('SystemError', 'too many statically nested blocks');
    this.blocks.push(block);
    this.suite(body);
    this.blocks.pop();
  }

  private statement(node: Stmt): void {
    switch (node.kind) {
      case 'FunctionDef':
      case 'ClassDef':
        enter(node);
        return;
      case 'Return':
        if (this.scope !== 'function') throw syntaxError("'return' outside function", node.lineno);
        return;
      case 'Break':
        if (!this.blocks.includes('loop')) throw syntaxError("'break' outside loop", node.lineno);
        return;
      case 'Continue':
        this.continue(node.lineno);
        return;
      case 'Delete':
        for (const target of node.targets) this.deleted(target);
        return;
      case 'While': {
        const truth = constant(node.test);
        if (truth !== false) this.within('loop', node.body);
        this.suite(node.orelse);
        return;
      }
      case 'For':
        this.within('loop', node.body);
        this.suite(node.orelse);
        return;
      case 'If':
        for (let arm = node; ; ) {
          const truth = constant(arm.test);
          if (truth !== false) this.suite(arm.body);
          if (truth === true) return;
          const next = arm.orelse[0];
          if (arm.orelse.length !== 1 || next?.kind !== 'If') {
            this.suite(arm.orelse);
            return;
          }
          arm = next;
        }
      case 'TryFinally':
        this.within('finally-try', node.body);
        this.within('finally-end', node.finalbody);
        return;
      case 'TryExcept':
        this.tryExcept(node);
        return;
    }
  }

  private tryExcept(node: TryExcept): void {
    this.within('except', node.body);
    let before = node.body;
    for (const handler of node.handlers) {
      if (handler.type === undefined && handler !== node.handlers.at(-1)) {
        throw syntaxError("default 'except:' must be last", lastLine(before));
      }
      this.suite(handler.body);
      before = handler.body;
    }
    this.suite(node.orelse);
  }

  private continue(lineno: number): void {
    const loop = this.blocks.lastIndexOf('loop');
    const inside = this.blocks.slice(loop + 1);
    if (inside.includes('finally-end')) {
      throw syntaxError("'continue' not supported inside 'finally' clause", lineno);
    }
    if (loop < 0) throw syntaxError("'continue' not properly in loop", lineno);
  }

  private deleted(target: Expr): void {
    if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const element of target.elts) this.deleted(element);
    } else if (target.kind === 'Name' && this.cells.has(target.id)) {
      throw syntaxError(`can not delete variable '${target.id}' referenced in nested scope`);
    }
  }
}

function enter(node: FunctionDef | ClassDef): void {
  if (node.kind === 'ClassDef') new BlockWalk('other', none).suite(node.body);
  else new BlockWalk('function', deletesNames(node.body) ? captured(node) : none).suite(node.body);
}

/** The line that the code generator stands at behind `body`: it goes down only when a new statement begins. */
function lastLine(body: readonly Stmt[]): number {
  const last = body.at(-1)!;
  if (last.kind === 'FunctionDef' || last.kind === 'ClassDef') return last.lineno;
  const suites = [...suitesOf(last)].filter((suite) => suite.length > 0);
  if (suites.length > 0) return lastLine(suites.at(-1)!);
  let line = last.lineno;
  const pending: Node[] = [last];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ('lineno' in node && node.lineno > line) line = node.lineno;
    for (const child of children(node)) pending.push(child);
  }
  return line;
}
