/**
 * The names that a program uses without declaring them, by the language's scope rules for strict code. Those that a parameter
 * scope, a class, a catch clause or a block declares are the program's own; the others are bound to what the sandbox gives.
 */
import type { Node } from 'acorn';
import { keepShape } from '../warm/shapes.js';
import { tooDeep, unsafeConstruct, unsafeName } from './refusal.js';
import { constructNames, depthBound, permittedNodes } from './syntax.js';

/** A node with its children by name; `permittedNodes` says which there are. */
type Tree = Node & Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && 'type' in value;

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
/** Whose `var` declarations are their own: functions, and a class's static block. */
const bodies = new Set([...functions, 'StaticBlock']);

function children(node: Tree): Tree[] {
  const found: Tree[] = [];
  for (const key of permittedNodes[node.type] ?? []) {
    const child = node[key];
    // One by one: as arguments of a call, the elements of a large array would overflow the stack.
    if (Array.isArray(child)) {
      for (const element of child) if (isTree(element)) found.push(element);
    } else if (isTree(child)) found.push(child);
  }
  return found;
}

/** The names that a binding pattern declares. */
function patternNames(pattern: Tree, names: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      names.add(pattern.name as string);
      break;
    case 'Property':
      patternNames(pattern.value as Tree, names);
      break;
    case 'AssignmentPattern':
      patternNames(pattern.left as Tree, names);
      break;
    default:
      for (const part of children(pattern)) patternNames(part, names);
  }
}

/** What `let`, `const`, `class` and `function` declare directly in a list of statements. */
function lexicalNames(statements: readonly Tree[], names: Set<string>): void {
  for (const statement of statements) {
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
      patternNames(statement.id as Tree, names);
    } else if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
      for (const declarator of statement.declarations as Tree[]) patternNames(declarator.id as Tree, names);
    }
  }
}

/** What `var` declares in statements, at any depth but not in functions of their own. */
function varNames(node: Tree, names: Set<string>): void {
  if (bodies.has(node.type) || node.type.endsWith('Expression')) return;
  if (node.type === 'VariableDeclaration' && node.kind === 'var') {
    for (const declarator of node.declarations as Tree[]) patternNames(declarator.id as Tree, names);
  }
  for (const child of children(node)) varNames(child, names);
}

const statementsOf = (node: Tree): readonly Tree[] =>
  node.type === 'SwitchStatement'
    ? (node.cases as Tree[]).flatMap((each) => each.consequent as Tree[])
    : (node.body as Tree[]);

class FreeNames {
  /** How many of the scopes around the current node declare each name. */
  private readonly declared = new Map<string, number>();
  private depth = 0;
  readonly found = new Set<string>();

  constructor(
    private readonly permitted: Pick<ReadonlySet<string>, 'has'>,
    private readonly lineAt: (offset: number) => number,
  ) {}

  visit(node: Tree): void {
    if (!Object.hasOwn(permittedNodes, node.type)) {
      throw unsafeConstruct(constructNames[node.type] ?? node.type, this.lineAt(node.start));
    }
    this.depth += 1;
    if (this.depth > depthBound) throw tooDeep();
    this.visitKind(node);
    this.depth -= 1;
  }

  private visitKind(node: Tree): void {
    switch (node.type) {
      case 'Identifier':
        this.use(node);
        break;
      case 'Program':
      case 'StaticBlock': {
        const names = new Set<string>();
        for (const statement of node.body as Tree[]) varNames(statement, names);
        lexicalNames(node.body as Tree[], names);
        this.within(names, () => this.visitChildren(node));
        break;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.visitFunction(node);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const names = new Set<string>();
        if (isTree(node.id)) patternNames(node.id, names);
        this.within(names, () => this.visitChildren(node));
        break;
      }
      case 'BlockStatement':
        this.within(this.blockNames(node), () => this.visitChildren(node));
        break;
      case 'SwitchStatement':
        this.visit(node.discriminant as Tree);
        this.within(this.blockNames(node), () => this.visitAll(node.cases as Tree[]));
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement': {
        const names = new Set<string>();
        const head = node[node.type === 'ForStatement' ? 'init' : 'left'];
        if (isTree(head)) lexicalNames([head], names);
        this.within(names, () => this.visitChildren(node));
        break;
      }
      case 'CatchClause': {
        const names = new Set<string>();
        if (isTree(node.param)) patternNames(node.param, names);
        this.within(names, () => this.visitChildren(node));
        break;
      }
      case 'MemberExpression':
        this.visit(node.object as Tree);
        if (node.computed) this.visit(node.property as Tree);
        break;
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        if (node.computed) this.visit(node.key as Tree);
        if (isTree(node.value)) this.visit(node.value);
        break;
      case 'MetaProperty':
        if ((node.meta as Tree).name !== 'new') throw unsafeConstruct('import.meta', this.lineAt(node.start));
        break;
      default:
        this.visitChildren(node);
    }
  }

  private visitFunction(node: Tree): void {
    const outer = new Set<string>();
    // A named function expression sees its own name; a declaration's name belongs to the scope around it.
    if (node.type === 'FunctionExpression' && isTree(node.id)) patternNames(node.id, outer);
    if (node.type !== 'ArrowFunctionExpression') outer.add('arguments');
    for (const parameter of node.params as Tree[]) patternNames(parameter, outer);
    this.within(outer, () => {
      this.visitAll(node.params as Tree[]);
      const body = node.body as Tree;
      if (body.type !== 'BlockStatement') {
        this.visit(body);
        return;
      }
      // Declarations of the body are not visible in the defaults of the parameters, so they are a scope of their own.
      const inner = this.blockNames(body);
      for (const statement of body.body as Tree[]) varNames(statement, inner);
      this.within(inner, () => this.visitAll(body.body as Tree[]));
    });
  }

  private blockNames(node: Tree): Set<string> {
    const names = new Set<string>();
    lexicalNames(statementsOf(node), names);
    return names;
  }

  private visitChildren(node: Tree): void {
    this.visitAll(children(node));
  }

  private visitAll(nodes: readonly Tree[]): void {
    for (const node of nodes) this.visit(node);
  }

  private within(names: ReadonlySet<string>, inside: () => void): void {
    const { declared } = this;
    for (const name of names) declared.set(name, (declared.get(name) ?? 0) + 1);
    inside();
    for (const name of names) declared.set(name, declared.get(name)! - 1);
  }

  private use(node: Tree): void {
    const name = node.name as string;
    if ((this.declared.get(name) ?? 0) > 0) return;
    if (!this.permitted.has(name)) throw unsafeName(name, this.lineAt(node.start));
    this.found.add(name);
  }
}

/**
 * The free names of a program, all of them permitted. Throws Refusal for one that isn't, for syntax that isn't,
 * and for code that nests too deeply.
 */
export function freeNames(
  program: Node,
  permitted: Pick<ReadonlySet<string>, 'has'>,
  lineAt: (offset: number) => number,
): ReadonlySet<string> {
  const names = keepShape(new FreeNames(permitted, lineAt));
  try {
    names.visit(program as Tree);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error;
  }
  return names.found;
}

/** What a program declares at its top. */
export function topLevelNames(program: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const body = (program as Tree).body as Tree[];
  for (const statement of body) varNames(statement, names);
  lexicalNames(body, names);
  return names;
}
