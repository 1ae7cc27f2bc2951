/** What a JavaScript text refers to: variables that it does not declare itself, and the names of properties. */
import { type AnyNode, type Function as FunctionNode, type Pattern, type Program, parse } from 'acorn';

export interface Names {
  /** Variables that come from outside the text. */
  readonly free: ReadonlySet<string>;
  /** Names after a dot, keys of object literals and patterns. */
  readonly properties: ReadonlySet<string>;
  /** Kinds of nodes, with the operator of computed members: `MemberExpression[]`. */
  readonly kinds: ReadonlySet<string>;
}

interface Scope {
  readonly declared: Set<string>;
  readonly parent: Scope | undefined;
}

/** `text` is the body of a function. Throws a SyntaxError if it is none. */
export function javascriptNames(text: string, parameters: readonly string[]): Names {
  const program = parse(`(function(${parameters.join(',')}){'use strict';${text}\n})`, { ecmaVersion: 2022 });
  const walk = new Walk();
  walk.program(program);
  return walk;
}

class Walk implements Names {
  readonly free = new Set<string>();
  readonly properties = new Set<string>();
  readonly kinds = new Set<string>();
  /** References wait until their whole function is read: `var` and functions are known before their declaration. */
  private readonly references: { name: string; scope: Scope }[] = [];

  program(node: Program): void {
    this.visit(node, { declared: new Set(), parent: undefined });
    for (const { name, scope } of this.references) if (!isDeclared(name, scope)) this.free.add(name);
  }

  private visit(node: AnyNode, scope: Scope): void {
    this.kinds.add(node.type === 'MemberExpression' && node.computed ? 'MemberExpression[]' : node.type);
    switch (node.type) {
      case 'Identifier':
        this.references.push({ name: node.name, scope });
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.functionNode(node, scope);
        return;
      case 'VariableDeclarator':
        declare(node.id, scope.declared);
        break;
      case 'CatchClause':
      case 'BlockStatement':
      case 'ForStatement': {
        const inner: Scope = { declared: new Set(), parent: scope };
        if (node.type === 'CatchClause' && node.param) declare(node.param, inner.declared);
        this.children(node, inner);
        return;
      }
      case 'MemberExpression':
        this.visit(node.object, scope);
        if (node.computed) this.visit(node.property, scope);
        else if ('name' in node.property) this.properties.add(node.property.name);
        return;
      case 'Property':
        if (node.computed) this.visit(node.key, scope);
        else if (node.key.type === 'Identifier') this.properties.add(node.key.name);
        this.visit(node.value, scope);
        return;
      case 'LabeledStatement':
        this.visit(node.body, scope);
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
        return;
    }
    this.children(node, scope);
  }

  private functionNode(node: FunctionNode, scope: Scope): void {
    if (node.type === 'FunctionDeclaration' && node.id) scope.declared.add(node.id.name);
    const inner: Scope = { declared: new Set(), parent: scope };
    if (node.type === 'FunctionExpression' && node.id) inner.declared.add(node.id.name);
    for (const parameter of node.params) {
      declare(parameter, inner.declared);
      this.visit(parameter, inner);
    }
    this.visit(node.body, inner);
  }

  private children(node: AnyNode, scope: Scope): void {
    for (const value of Object.values(node) as unknown[]) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child === 'object' && child !== null && 'type' in child) this.visit(child as AnyNode, scope);
      }
    }
  }
}

function declare(pattern: Pattern, into: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      into.add(pattern.name);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties)
        declare(property.type === 'Property' ? property.value : property.argument, into);
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) declare(element, into);
      return;
    case 'AssignmentPattern':
      declare(pattern.left, into);
      return;
    case 'RestElement':
      declare(pattern.argument, into);
  }
}

function isDeclared(name: string, from: Scope): boolean {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent)
    if (scope.declared.has(name)) return true;
  return false;
}
