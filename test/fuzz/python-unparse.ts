/** A syntax tree as program text, every operation in parentheses: parsed again it must give the same tree. The allowed dialect only. */
import type { Arguments, Comprehension, Expr, Module, Slice, Stmt } from '../../child-runtime/python/ast.js';

const operators: Readonly<Record<string, string>> = {
  ...{
    Add: '+',
    Sub: '-',
    Mult: '*',
    Div: '/',
    Mod: '%',
    Pow: '**',
    LShift: '<<',
    RShift: '>>',
    BitOr: '|',
    BitXor: '^',
    BitAnd: '&',
  },
  ...{ FloorDiv: '//', Invert: '~', Not: 'not ', UAdd: '+', USub: '-', And: ' and ', Or: ' or ' },
  ...{
    Eq: '==',
    NotEq: '!=',
    Lt: '<',
    LtE: '<=',
    Gt: '>',
    GtE: '>=',
    Is: 'is',
    IsNot: 'is not',
    In: 'in',
    NotIn: 'not in',
  },
};

export const unparse = (module: Module): string => suite(module.body, '');

function suite(body: readonly Stmt[], indent: string): string {
  return body.map((node) => statement(node, indent)).join('');
}

function block(head: string, body: readonly Stmt[], indent: string): string {
  return `${indent}${head}:\n${suite(body, `${indent} `)}`;
}

function orelse(body: readonly Stmt[], indent: string, head = 'else'): string {
  return body.length === 0 ? '' : block(head, body, indent);
}

function statement(node: Stmt, indent: string): string {
  switch (node.kind) {
    case 'FunctionDef':
      return block(`def ${node.name}(${args(node.args)})`, node.body, indent);
    case 'ClassDef':
      return block(`class ${node.name}(${all(node.bases)})`, node.body, indent);
    case 'For':
      return block(`for ${expr(node.target)} in ${expr(node.iter)}`, node.body, indent) + orelse(node.orelse, indent);
    case 'While':
      return block(`while ${expr(node.test)}`, node.body, indent) + orelse(node.orelse, indent);
    case 'If':
      return block(`if ${expr(node.test)}`, node.body, indent) + orelse(node.orelse, indent);
    case 'TryFinally':
      return block('try', node.body, indent) + block('finally', node.finalbody, indent);
    case 'TryExcept': {
      const handlers = node.handlers.map(({ type, name, body }) =>
        block(
          `except${type === undefined ? '' : ` ${expr(type)}`}${name === undefined ? '' : `, ${expr(name)}`}`,
          body,
          indent,
        ),
      );
      return block('try', node.body, indent) + handlers.join('') + orelse(node.orelse, indent);
    }
    default:
      return `${indent}${simple(node)}\n`;
  }
}

function simple(node: Stmt): string {
  switch (node.kind) {
    case 'Return':
      return `return${maybe(' ', node.value)}`;
    case 'Delete':
      return `del ${all(node.targets)}`;
    case 'Assign':
      return [...node.targets, node.value].map(expr).join(' = ');
    case 'AugAssign':
      return `${expr(node.target)} ${operators[node.op]}= ${expr(node.value)}`;
    case 'Raise':
      return `raise${maybe(' ', node.type)}${maybe(', ', node.inst)}${maybe(', ', node.tback)}`;
    case 'Assert':
      return `assert ${expr(node.test)}${maybe(', ', node.msg)}`;
    case 'Expr':
      return expr(node.value);
    case 'Pass':
    case 'Break':
    case 'Continue':
      return node.kind.toLowerCase();
    default:
      throw new Error(`no statement of the dialect: ${node.kind}`);
  }
}

const maybe = (before: string, node: Expr | undefined): string => (node === undefined ? '' : before + expr(node));
const all = (nodes: readonly Expr[]): string => nodes.map(expr).join(', ');

function args({ args: names, vararg, kwarg, defaults }: Arguments): string {
  const first = names.length - defaults.length;
  const items = names.map((item, index) =>
    index < first ? expr(item) : `${expr(item)}=${expr(defaults[index - first]!)}`,
  );
  if (vararg !== undefined) items.push(`*${vararg}`);
  if (kwarg !== undefined) items.push(`**${kwarg}`);
  return items.join(', ');
}

function expr(node: Expr): string {
  switch (node.kind) {
    case 'BoolOp':
      return `(${node.values.map(expr).join(operators[node.op])})`;
    case 'BinOp':
      return `(${expr(node.left)} ${operators[node.op]} ${expr(node.right)})`;
    case 'UnaryOp':
      return `(${operators[node.op]}${expr(node.operand)})`;
    case 'Compare':
      return `(${expr(node.left)}${node.ops.map((op, index) => ` ${operators[op]} ${expr(node.comparators[index]!)}`).join('')})`;
    case 'Dict':
      return `{${node.keys.map((key, index) => `${expr(key)}: ${expr(node.values[index]!)}`).join(', ')}}`;
    case 'List':
      return `[${all(node.elts)}]`;
    case 'Tuple':
      return `(${all(node.elts)}${node.elts.length === 1 ? ',' : ''})`;
    case 'ListComp':
      return `[${expr(node.elt)}${node.generators.map(comprehension).join('')}]`;
    case 'Call': {
      const items = [...node.args.map(expr), ...node.keywords.map(({ arg, value }) => `${arg}=${expr(value)}`)];
      if (node.starargs !== undefined) items.push(`*${expr(node.starargs)}`);
      if (node.kwargs !== undefined) items.push(`**${expr(node.kwargs)}`);
      return `${expr(node.func)}(${items.join(', ')})`;
    }
    case 'Num':
      return `(${number(node.type, node.value)})`;
    case 'Str':
      return string(node.value);
    case 'Attribute':
      return `${expr(node.value)}.${node.attr}`;
    case 'Subscript':
      return `${expr(node.value)}[${slice(node.slice)}]`;
    case 'Name':
      return node.id;
    default:
      throw new Error(`no expression of the dialect: ${node.kind}`);
  }
}

function comprehension({ target, iter, ifs }: Comprehension): string {
  return ` for ${expr(target)} in ${expr(iter)}${ifs.map((condition) => ` if ${expr(condition)}`).join('')}`;
}

function slice(node: Slice): string {
  switch (node.kind) {
    case 'Ellipsis':
      return '...';
    case 'Index':
      return expr(node.value);
    case 'Slice':
      return `${maybe('', node.lower)}:${maybe('', node.upper)}${maybe(':', node.step)}`;
    case 'ExtSlice':
      return `${node.dims.map(slice).join(', ')}${node.dims.length === 1 ? ',' : ''}`;
  }
}

function number(type: string, value: bigint | number): string {
  if (typeof value === 'bigint') return type === 'long' ? `${value}L` : String(value);
  const digits = Object.is(value, -0) ? '-0.0' : String(value).replace('Infinity', '1e999');
  if (type === 'complex') return `${digits}j`;
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

const string = (value: string): string =>
  `'${value.replace(/[^ -~]|['\\]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`;
