/**
 * Calls. A callee that is a JavaScript function is called directly; anything else, keyword arguments and `*` go through the runtime.
 * A method call asks the object for the method by one property read that V8's inline caches serve.
 */
import type { Call, Expr } from '../ast.js';
import { strMethods } from '../methods.js';
import '../text/methods.js';
import type { Body } from './body.js';
import { each, expression, joined, operands, runtimeCall } from './expressions.js';
import { builtinFunction, loadName } from './names.js';
import { areNumbers, isStringLiteral } from './operands.js';
import { callMarker, plainOnly } from './unit.js';

export function call(b: Body, e: Call): string {
  if (e.keywords.length > 0 || e.starargs !== undefined || e.kwargs !== undefined) return generalCall(b, e);
  return e.func.kind === 'Attribute' ? methodCall(b, e, e.func.value, e.func.attr) : plainCall(b, e);
}

/** Whether evaluating an argument does nothing and can't fail, so that nobody sees if it comes before the method is looked up. */
function isSimple(b: Body, e: Expr): boolean {
  if (e.kind === 'Name') return !loadName(b, e.id).text.includes('===undefined');
  return e.kind === 'Num' || e.kind === 'Str';
}

/** A call of a JavaScript function, which is told if it may return its exception (see `tries.ts`). */
function directCall(b: Body, e: Call, callee: string, args: string): string {
  const text = callMarker(callee, args);
  if (b.tried !== e) return text;
  b.passes = 'plain';
  return `(${plainOnly(`T.called=${callee},`)}${text})`;
}

function plainCall(b: Body, e: Call): string {
  const builtin = e.func.kind === 'Name' ? builtinFunction(b, e.func.id) : undefined;
  if (builtin !== undefined) return builtinCall(b, e, builtin);
  const before: string[] = [];
  const mark = b.mark();
  const [callee, ...args] = operands(b, [e.func, ...e.args], before) as [string, ...string[]];
  b.release(mark);
  const list = args.join(',');
  const slow = runtimeCall(b, 'call', [callee, ...args].join(','));
  return joined(before, `typeof ${callee}==='function'?${directCall(b, e, callee, list)}:${slow}`);
}

/** A call of what surely is a built-in function. */
function builtinCall(b: Body, e: Call, callee: string): string {
  const before: string[] = [];
  const mark = b.mark();
  const args = operands(b, e.args, before);
  b.release(mark);
  if (b.tried === e && callee === 'b$int' && args.length === 1) {
    b.passes = 'always';
    return joined(before, `${b.unit.use('tryInt')}(${args[0]})`);
  }
  const direct = callMarker(callee, args.join(','));
  const [left, right] = args;
  if (callee !== 'b$cmp' || right === undefined || args.length !== 2) return joined(before, direct);
  // What programs sort by.
  const numbers = areNumbers(args);
  if (numbers === undefined) return joined(before, direct);
  return joined(
    before,
    `${numbers}&&${left}===${left}&&${right}===${right}?${left}<${right}?-1:${left}>${right}?1:0:${direct}`,
  );
}

/**
 * `o.m(args)`: `f` is the class's method unless the instance has its own attribute of that name. Python looks the method up before it
 * evaluates the arguments; where that can be seen, so does the code.
 */
function methodCall(b: Body, e: Call, receiver: Expr, name: string): string {
  const maker = handleMaker(b, receiver);
  if (maker === undefined) return boundCall(b, e, receiver, name, undefined);
  const object = b.temp();
  const result = b.temp();
  const text = boundCall(b, e, receiver, name, object);
  const drop = `${object}?.H===true&&${b.unit.use('dropped')}(${maker},${object})`;
  return `(${result}=${text},${drop},${object}=undefined,${result})`;
}

/** Methods of str that lists and tuples have as well. Of any other, the object most likely is a str. */
const ofSeveral = new Set(['count', 'index']);

/** `keep`: a variable that is to hold the object until after the call. */
function boundCall(b: Body, e: Call, receiver: Expr, name: string, keep: string | undefined): string {
  const mark = b.mark();
  const before: string[] = [];
  const attribute = b.unit.attribute(name);
  if (e.args.every((argument) => isSimple(b, argument))) {
    const [text, ...args] = operands(b, [receiver, ...e.args], before) as [string, ...string[]];
    // JavaScript reads `6.x` as a broken number.
    const object = /^\d/.test(text) ? `(${text})` : text;
    const method = b.temp();
    if (receiver.kind === 'Call') b.stale.add(text);
    if (keep !== undefined) before.push(`${keep}=${text}`);
    b.release(mark);
    const list = [object, ...args].join(',');
    const known = strMethods.has(name) ? `${b.unit.use(`str$${name}`)}(${list})` : undefined;
    if (known !== undefined && isStringLiteral(object)) return joined(before, known);
    const other = runtimeCall(b, 'callMethod', [object, attribute, ...args].join(','));
    const direct = directCall(b, e, method, list);
    const isFound = `(${method}=${object}?.m$${name})!==undefined&&${object}.$${name}===undefined`;
    if (known === undefined) return joined(before, `${isFound}?${direct}:${other}`);
    const ofStr = `typeof ${object}==='string'?${known}`;
    return joined(
      before,
      ofSeveral.has(name) ? `${isFound}?${direct}:${ofStr}:${other}` : `${ofStr}:${isFound}?${direct}:${other}`,
    );
  }
  const object = b.temp();
  const method = b.temp();
  const found = `(${method}=${object}?.m$${name})!==undefined&&${object}.$${name}===undefined||(${method}=${b.unit.use('getAttribute')}(${object},${attribute}),${object}=undefined)`;
  const look = strMethods.has(name)
    ? `typeof ${object}==='string'?${method}=${b.unit.use(`str$${name}`)}:${found}`
    : found;
  const inner = b.mark();
  const text = expression(b, receiver);
  b.release(inner);
  if (e.args.some((argument) => b.hasLoop(argument)))
    b.emit(`${object}=${text};${keep === undefined ? '' : `${keep}=${object};`}${look};`);
  else before.push(`${object}=${text}`, ...(keep === undefined ? [] : [`${keep}=${object}`]), look);
  if (receiver.kind === 'Call') b.stale.add(object);
  const args = operands(b, e.args, before);
  b.release(mark);
  const bound = directCall(b, e, method, [object, ...args].join(','));
  const slow = runtimeCall(b, 'call', [method, ...args].join(','));
  return joined(before, `${object}!==undefined?${bound}:${slow}`);
}

/** API functions whose results are closed when their last reference goes. */
const makers = new Set(['openfile', 'openconnection', 'listenforconnection', 'listenformessage']);

/**
 * The text of the callee, if `e` calls what is probably an API function that makes a handle. When nothing but the statement at hand
 * ever sees the handle, the runtime is told to close it (`dropped`).
 */
export function handleMaker(b: Body, e: Expr): string | undefined {
  if (e.kind !== 'Call' || e.func.kind !== 'Name' || !makers.has(e.func.id)) return undefined;
  return loadName(b, e.func.id).text;
}

/** Keyword arguments, `*args` and `**kwargs`. */
function generalCall(b: Body, e: Call): string {
  const mark = b.mark();
  const before: string[] = [];
  const parts: Expr[] = [e.func, ...e.args, ...e.keywords.map((keyword) => keyword.value)];
  if (e.starargs !== undefined) parts.push(e.starargs);
  if (e.kwargs !== undefined) parts.push(e.kwargs);
  const texts = operands(b, parts, before);
  b.release(mark);
  const callee = texts[0]!;
  const args = texts.slice(1, 1 + e.args.length);
  const values = texts.slice(1 + e.args.length, 1 + e.args.length + e.keywords.length);
  const rest = texts.slice(1 + e.args.length + e.keywords.length);
  if (e.starargs === undefined && e.kwargs === undefined) {
    const site = b.unit.site(
      args.length,
      e.keywords.map((keyword) => keyword.arg),
    );
    return joined(before, runtimeCall(b, 'callNamed', [callee, site, ...args, ...values].join(',')));
  }
  const star = e.starargs === undefined ? 'undefined' : rest.shift()!;
  const kwargs = e.kwargs === undefined ? 'undefined' : rest.shift()!;
  const names = e.keywords.map((keyword) => JSON.stringify(keyword.arg));
  return joined(
    before,
    runtimeCall(
      b,
      'callGeneral',
      `${callee},[${args.join(',')}],[${names.join(',')}],[${values.join(',')}],${star},${kwargs}`,
    ),
  );
}

/** Arguments that are evaluated into an array in place. */
export function array(b: Body, elements: readonly Expr[]): string {
  return `[${each(b, elements).join(',')}]`;
}
