/**
 * Functions. Each has a factory at the top of the text, which takes the cells of the enclosing functions that it uses and the values
 * of its defaults, and makes the plain and the generator version in one scope. So a function's text appears exactly twice, however deep it
 * is nested.
 */
import type { Arguments, Expr, FunctionDef, Name, Tuple } from '../ast.js';
import { Body } from './body.js';
import { array } from './calls.js';
import { isStableDefault } from './defaults.js';
import { expression } from './expressions.js';
import { declareLocals, storeName } from './names.js';
import { block } from './statements.js';
import type { Scope } from './symbols.js';
import { store } from './targets.js';
import { raiseBeginning, raiseEnd } from './tries.js';
import { generatorText, plainText, TICK, type Unit } from './unit.js';

export function functionStatement(b: Body, s: FunctionDef): void {
  const value = functionValue(b, s);
  b.emit(`${storeName(b, s.name, value)};`);
}

/** CPython names a tuple parameter `.0`, `.2` ...: by its position, doubled. */
function parameterName(parameter: Name | Tuple, position: number): string {
  return parameter.kind === 'Name' ? parameter.id : `.${position * 2}`;
}

/** An expression that makes the function. */
function functionValue(b: Body, s: FunctionDef): string {
  const { unit } = b;
  const scope = unit.scopeOf(s);
  const codeName = unit.code({
    name: s.name,
    file: unit.options.file,
    line: s.lineno,
    params: s.args.args.map(parameterName),
    varargs: s.args.vararg !== undefined,
    varkw: s.args.kwarg !== undefined,
    lastFrame: undefined,
  });
  const defaults = s.args.defaults.length === 0 ? undefined : array(b, s.args.defaults);
  const cells = [...scope.free].map((name) => `c$${name}`);
  const factory = `F${unit.number()}`;
  const head = parameters(s.args);
  const inner = functionBody(unit, s, scope, codeName);
  const body = inner.text;
  const plain = `function f$${s.name}(${head}){${plainText(body)}}`;
  const generator = `function* f$${s.name}(${head}){${generatorText(body)}}`;
  const outer = [...cells, ...(defaults === undefined ? [] : ['d'])].join(',');
  const values = defaults === undefined ? '' : ',d';
  unit.factories.push(
    `function ${factory}(${outer}){return ${unit.use('makeFunction')}(${plain},${generator},${codeName}${values});}`,
  );
  return `${factory}(${[...cells, ...(defaults === undefined ? [] : [defaults])].join(',')})`;
}

function parameters(args: Arguments): string {
  const names = args.args.map((parameter, i) => (parameter.kind === 'Name' ? `v$${parameter.id}` : `p${i}`));
  if (args.vararg !== undefined) names.push('...va');
  return names.join(',');
}

function functionBody(unit: Unit, s: FunctionDef, scope: Scope, codeName: string): { text: string } {
  const b = new Body(unit, scope, codeName);
  const { args } = s;
  const required = args.args.length - args.defaults.length;
  const names = args.args.flatMap((parameter) => (parameter.kind === 'Name' ? [parameter.id] : []));
  const parameterNames = new Set(names);
  let head = arityCheck(b, args, required, codeName);
  for (const name of names) {
    if (scope.cells.has(name)) head += `const c$${name}=new ${unit.use('Cell')}(v$${name});`;
    if (!scope.deleted.has(name)) b.assigned.add(scope.cells.has(name) ? `c$${name}.v` : `v$${name}`);
  }
  for (const name of scope.cells) {
    if (!parameterNames.has(name)) head += `const c$${name}=new ${unit.use('Cell')}(undefined);`;
  }
  // Before the slice may end: another thread's call would take them.
  if (args.kwarg !== undefined) head += `const kw=${unit.use('takeKeywords')}();`;
  declareLocals(b, parameterNames);
  if (scope.calls) b.emit(TICK);
  b.emit('try{');
  if (args.vararg !== undefined) b.emit(`${storeName(b, args.vararg, `new ${unit.use('PyTuple')}(va)`)};`);
  if (args.kwarg !== undefined) b.emit(`${storeName(b, args.kwarg, 'kw')};`);
  for (const [i, parameter] of args.args.entries()) {
    if (parameter.kind !== 'Tuple') continue;
    b.at(s.lineno);
    store(b, parameter, `p${i}`, true);
  }
  const raising = { label: 'r', variable: 'x', used: false, isFunction: true };
  b.raising = raising;
  const fell = block(b, s.body);
  if (fell) b.emit('L=0;return null;');
  const restore = scope.handles ? 'T.exc=X;' : '';
  b.emit(`}finally{${restore}if(L!==0)tb(${codeName},L);}`);
  const save = scope.handles ? 'const X=T.exc;' : '';
  const text = raising.used ? `let x;r:{${b.text()}}${raiseEnd(b)}` : b.text();
  const beginning = raising.used ? raiseBeginning(s.name) : '';
  return { text: `${beginning}${head}let L=0;${save}${b.declarations()}${text}` };
}

/** The check of the number of arguments, and the defaults. All arguments that are left out are `undefined`, from the first default on. */
function arityCheck(b: Body, args: Arguments, required: number, codeName: string): string {
  const total = args.args.length;
  const fail = `${b.unit.use('wrongArguments')}(${codeName},${args.defaults.length},arguments.length);`;
  if (args.defaults.length === 0) {
    if (args.vararg !== undefined) return total === 0 ? '' : `if(arguments.length<${total})${fail}`;
    return `if(arguments.length!==${total})${fail}`;
  }
  let text = required > 0 ? `if(arguments.length<${required})${fail}` : '';
  if (args.vararg === undefined) text += `if(arguments.length>${total})${fail}`;
  text += `if(arguments.length<${total}){`;
  for (let i = required; i < total; i++) {
    const parameter = args.args[i]!;
    const name = parameter.kind === 'Name' ? `v$${parameter.id}` : `p${i}`;
    const value = args.defaults[i - required] as Expr;
    const inline = isStableDefault(value) ? expression(b, value) : `d[${i - required}]`;
    text += `if(${name}===undefined)${name}=${inline};`;
  }
  return `${text}}`;
}
