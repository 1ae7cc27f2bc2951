/**
 * try and raise.
 *
 * V8 takes 0.2 us for a throw, so an exception avoids it where it can. A `raise` inside of a `try` of the same function leaves a block.
 * And a function whose caller is in a `try`, with nothing but the call in the statement, returns the mark `passing`, the exception being in
 * `T.exc`: the caller puts the function into `T.called` right before the call, and a function that may raise finds itself there. Any
 * other call finds something else there, so it throws. Generators always throw. A subscript and a conversion that fail in such a statement
 * pass their exception in the same way (`core/tried.ts`), in generators too.
 *
 * A traceback grows without help from V8: each function knows its running line in `L`, and the `finally` around its
 * body adds its frame while an exception passes. `L` is 0 when nothing passes, or when this frame is in the traceback already.
 */
import type { Expr, Raise, TryExcept, TryFinally } from '../ast.js';
import type { Body } from './body.js';
import { expression, kept, runtimeCall } from './expressions.js';
import { block, meet } from './statements.js';
import { store } from './targets.js';
import { plainOnly } from './unit.js';

export function raiseStatement(b: Body, s: Raise): void {
  if (s.type === undefined) {
    // Raised anew, an exception keeps its traceback, which has this frame.
    const exception = b.temp();
    b.emit(`${exception}=${b.unit.use('reraise')}();L=0;${leave(b, exception)}`);
    return;
  }
  if (s.inst === undefined) {
    const type = b.temp();
    b.emit(`${type}=${expression(b, s.type)};${leave(b, runtimeCall(b, 'raised', type))}`);
    return;
  }
  const parts = kept(b, s.tback === undefined ? [s.type, s.inst] : [s.type, s.inst, s.tback]);
  b.emit(leave(b, runtimeCall(b, 'raised', parts.join(','))));
}

/** A statement that lets an exception go to where it is handled. */
function leave(b: Body, exception: string): string {
  const { raising } = b;
  if (raising === undefined) return `throw ${exception};`;
  raising.used = true;
  return `${raising.variable}=${exception};break ${raising.label};`;
}

const mayPass = (b: Body, e: Expr): boolean =>
  (e.kind === 'Call' || e.kind === 'Subscript') && b.raising?.isFunction === false && !b.hasLoop(e);

/** The right side of `name += e`, in a variable, where it may return its exception. */
export function triedOperand(b: Body, e: Expr): [string] | undefined {
  if (!mayPass(b, e)) return undefined;
  const mark = b.mark();
  const text = statementValue(b, e);
  b.release(mark);
  const value = b.temp();
  if (text !== value) b.emit(`${value}=${text};`);
  return [value];
}

/** Compiles an expression, which is all that its statement does before it stores, to the text of its value; it may return its exception. */
export function statementValue(b: Body, e: Expr): string {
  const { raising } = b;
  if (raising === undefined || !mayPass(b, e)) return expression(b, e);
  b.tried = e;
  b.passes = 'never';
  const mark = b.mark();
  const text = expression(b, e);
  const { passes } = b;
  b.tried = undefined;
  if (passes === 'never') return text;
  b.release(mark);
  const result = b.temp();
  b.emit(`${result}=${text};`);
  const check = `if(${result}===${b.unit.use('passing')})break ${raising.label};`;
  b.emit(passes === 'plain' ? plainOnly(check) : check);
  return result;
}

/** The end of a function that raises. */
export function raiseEnd(b: Body): string {
  return `${plainOnly(`if(s){T.exc=x;return ${b.unit.use('passing')};}`)}throw x;`;
}

/** What it begins with, before anything else can be called. */
export const raiseBeginning = (name: string): string =>
  plainOnly(`const s=T.called===f$${name};if(s)T.called=undefined;`);

/** Returns whether what follows can be reached. */
export function tryExcept(b: Body, s: TryExcept): boolean {
  const start = b.assigned;
  const ends: Set<string>[] = [];
  const done = s.orelse.length > 0 ? b.temp() : undefined;
  if (done !== undefined) b.emit(`${done}=false;`);
  const exception = b.temp();
  const label = b.unit.number();
  const outer = b.raising;
  b.raising = { label: `r${label}`, variable: 'T.exc', used: false, isFunction: false };
  b.emit(`h${label}:{r${label}:{try{`);
  b.assigned = new Set(start);
  const fell = block(b, s.body);
  const afterBody = b.assigned;
  b.raising = outer;
  if (done !== undefined && fell) b.emit(`${done}=true;`);
  if (fell) b.emit(`break h${label};`);
  b.emit(`}catch(e){${b.unit.use('handle')}(e);}}${exception}=${b.unit.use('caught')}(${b.codeName},L);`);
  let open = true;
  for (const handler of s.handlers) {
    b.assigned = new Set(start);
    b.forgetLine();
    if (handler.type !== undefined) {
      b.at(handler.lineno);
      const mark = b.mark();
      b.emit(`if(${b.unit.use('matches')}(${exception},${expression(b, handler.type)})){`);
      b.release(mark);
    } else {
      b.emit('{');
      open = false;
    }
    if (handler.name !== undefined) store(b, handler.name, exception, true);
    if (block(b, handler.body)) {
      ends.push(b.assigned);
      b.emit(`break h${label};`);
    }
    b.emit('}');
    if (!open) break;
  }
  if (open) b.emit(`L=0;${leave(b, `${b.unit.use('again')}(${exception})`)}`);
  b.emit('}');
  b.forgetLine();
  if (fell) {
    b.assigned = afterBody;
    if (done !== undefined) {
      b.emit(`if(${done}){`);
      if (block(b, s.orelse)) ends.push(b.assigned);
      b.emit('}');
    } else ends.push(afterBody);
  }
  b.assigned = meet(ends, start);
  b.forgetLine();
  return ends.length > 0;
}

export function tryFinally(b: Body, s: TryFinally): boolean {
  const start = b.assigned;
  const passing = b.temp();
  const { raising } = b;
  b.raising = undefined;
  b.emit(`${passing}=null;try{`);
  b.assigned = new Set(start);
  const fell = block(b, s.body);
  const afterBody = b.assigned;
  // What no guest may catch leaves `passing` undefined, and nothing of the guest's runs on its way.
  const catching = `${passing}=undefined;${b.unit.use('handle')}(e);throw ${passing}=${b.unit.use('caught')}(${b.codeName},L);`;
  b.emit(`}catch(e){${catching}}finally{if(${passing}!==undefined){`);
  b.assigned = new Set(start);
  b.forgetLine();
  const ended = block(b, s.finalbody);
  if (ended) b.emit(`if(${passing}!==null)${b.unit.use('again')}(${passing});L=0;`);
  b.emit('}}');
  b.raising = raising;
  b.assigned = new Set([...afterBody, ...b.assigned]);
  b.forgetLine();
  return fell && ended;
}
