/**
 * The permitted syntax: each kind of node with its child nodes in the order of the source. Data only. A node that isn't
 * here is refused, so new syntax of a later parser is refused until it is considered.
 */
export const permittedNodes: Readonly<Record<string, readonly string[]>> = {
  Program: ['body'],

  BlockStatement: ['body'],
  BreakStatement: [],
  ClassDeclaration: ['id', 'superClass', 'body'],
  ContinueStatement: [],
  DoWhileStatement: ['body', 'test'],
  EmptyStatement: [],
  ExpressionStatement: ['expression'],
  ForInStatement: ['left', 'right', 'body'],
  ForOfStatement: ['left', 'right', 'body'],
  ForStatement: ['init', 'test', 'update', 'body'],
  FunctionDeclaration: ['id', 'params', 'body'],
  IfStatement: ['test', 'consequent', 'alternate'],
  LabeledStatement: ['body'],
  ReturnStatement: ['argument'],
  SwitchStatement: ['discriminant', 'cases'],
  SwitchCase: ['test', 'consequent'],
  ThrowStatement: ['argument'],
  TryStatement: ['block', 'handler', 'finalizer'],
  CatchClause: ['param', 'body'],
  VariableDeclaration: ['declarations'],
  VariableDeclarator: ['id', 'init'],
  WhileStatement: ['test', 'body'],

  ArrayExpression: ['elements'],
  ArrowFunctionExpression: ['params', 'body'],
  AssignmentExpression: ['left', 'right'],
  AwaitExpression: ['argument'],
  BinaryExpression: ['left', 'right'],
  CallExpression: ['callee', 'arguments'],
  ChainExpression: ['expression'],
  ClassExpression: ['id', 'superClass', 'body'],
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  FunctionExpression: ['id', 'params', 'body'],
  Identifier: [],
  Literal: [],
  LogicalExpression: ['left', 'right'],
  MemberExpression: ['object', 'property'],
  MetaProperty: [],
  NewExpression: ['callee', 'arguments'],
  ObjectExpression: ['properties'],
  PrivateIdentifier: [],
  Property: ['key', 'value'],
  SequenceExpression: ['expressions'],
  SpreadElement: ['argument'],
  Super: [],
  TaggedTemplateExpression: ['tag', 'quasi'],
  TemplateElement: [],
  TemplateLiteral: ['quasis', 'expressions'],
  ThisExpression: [],
  UnaryExpression: ['argument'],
  UpdateExpression: ['argument'],
  YieldExpression: ['argument'],

  ClassBody: ['body'],
  MethodDefinition: ['key', 'value'],
  PropertyDefinition: ['key', 'value'],
  StaticBlock: ['body'],

  ArrayPattern: ['elements'],
  AssignmentPattern: ['left', 'right'],
  ObjectPattern: ['properties'],
  RestElement: ['argument'],
};

/** What people call the refused constructs that they are likeliest to meet. */
export const constructNames: Readonly<Record<string, string>> = {
  ImportDeclaration: 'import',
  ImportExpression: 'dynamic import',
  ExportAllDeclaration: 'export',
  ExportDefaultDeclaration: 'export',
  ExportNamedDeclaration: 'export',
  DebuggerStatement: 'debugger',
  WithStatement: 'with',
};

/** Nodes that may enclose each other; enough for any program that people write, and far from the stack's end. */
export const depthBound = 500;
