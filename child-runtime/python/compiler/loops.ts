/** Loops and the loops inside list comprehensions. Each turn may end the thread's time slice. */
import type { Comprehension, Expr, For, While } from '../ast.js';
import type { Body } from './body.js';
import { each, expression, test } from './expressions.js';
import { isBuiltin } from './names.js';
import { block, meet } from './statements.js';
import { store } from './targets.js';
import { nextMarker, TICK } from './unit.js';

/** The arguments of `range(...)` or `xrange(...)`, when that is what the names surely mean. */
function rangeArguments(b: Body, e: Expr): { name: string; args: readonly Expr[] } | undefined {
  if (e.kind !== 'Call' || e.func.kind !== 'Name' || (e.func.id !== 'range' && e.func.id !== 'xrange'))
    return undefined;
  if (e.keywords.length > 0 || e.starargs !== undefined || e.kwargs !== undefined) return undefined;
  if (e.args.length < 1 || e.args.length > 3 || !isBuiltin(b, e.func.id)) return undefined;
  return { name: e.func.id, args: e.args };
}

/** Emits the head of a loop over `iter`, up to and with the `{`, and the binding of the target. */
function loopHead(b: Body, iter: Expr, target: Expr, label: number | undefined): void {
  const head = label === undefined ? '' : `l${label}:`;
  const range = rangeArguments(b, iter);
  if (range === undefined) {
    const iterator = b.temp();
    const item = b.temp();
    const inner = b.mark();
    b.emit(`${iterator}=${b.unit.use('iterate')}(${expression(b, iter)});`);
    b.release(inner);
    b.emit(`${head}while((${item}=${nextMarker(iterator)})!==undefined){${TICK}`);
    b.forgetLine();
    store(b, target, item, true);
    return;
  }
  const counter = b.temp();
  const end = b.temp();
  const by = b.temp();
  const inner = b.mark();
  const texts = each(b, range.args);
  b.release(inner);
  const [start, stop, step] = texts.length === 1 ? ['0', texts[0]!, undefined] : [texts[0]!, texts[1]!, texts[2]];
  const bound = (text: string, position: number) =>
    /^\d+$/.test(text)
      ? text
      : `${b.unit.use('rangeBound')}(${text},"${range.name}",${texts.length === 1 ? 1 : position})`;
  b.emit(`${counter}=${bound(start, 0)};${end}=${bound(stop, 1)};`);
  const constant = step === undefined ? 1 : /^(\d+|\(-\d+\))$/.test(step) ? Number(step.replace(/[()]/g, '')) : 0;
  if (constant > 0) b.emit(`${head}for(;${counter}<${end};${counter}+=${constant}){${TICK}`);
  else if (constant < 0) b.emit(`${head}for(;${counter}>${end};${counter}-=${-constant}){${TICK}`);
  else {
    b.emit(`${by}=${b.unit.use('rangeStep')}(${bound(step!, 2)},"${range.name}");`);
    b.emit(`${head}for(;${by}>0?${counter}<${end}:${counter}>${end};${counter}+=${by}){${TICK}`);
  }
  b.forgetLine();
  store(b, target, counter, true);
}

export function forStatement(b: Body, s: For): void {
  const loop = { label: b.unit.number(), outer: b.unit.number() };
  b.emit(`b${loop.outer}:{`);
  const start = new Set(b.assigned);
  loopHead(b, s.iter, s.target, loop.label);
  b.loops.push(loop);
  block(b, s.body);
  b.loops.pop();
  b.emit('}');
  finishLoop(b, s.orelse, start);
  b.emit('}');
}

function finishLoop(b: Body, orelse: For['orelse'], start: Set<string>): void {
  b.assigned = new Set(start);
  b.forgetLine();
  block(b, orelse);
  b.assigned = start;
  b.forgetLine();
}

const isEndless = (e: Expr): boolean =>
  (e.kind === 'Num' && e.type === 'int' && e.value !== 0n) || (e.kind === 'Name' && e.id === 'True');

export function whileStatement(b: Body, s: While): void {
  const loop = { label: b.unit.number(), outer: b.unit.number() };
  const start = new Set(b.assigned);
  b.forgetLine();
  b.emit(`b${loop.outer}:{l${loop.label}:for(;;){`);
  const mark = b.mark();
  const endless = isEndless(s.test) && test(b, s.test) === 'true';
  if (!endless) {
    b.at(s.lineno);
    b.emit(`if(!${test(b, s.test)})break;`);
  }
  b.release(mark);
  b.emit(TICK);
  const afterTest = new Set(b.assigned);
  b.loops.push(loop);
  block(b, s.body);
  b.loops.pop();
  b.emit('}');
  // The `else` part runs when the test fails, so what the test bound is certain there; a break may skip it.
  b.assigned = meet([afterTest], start);
  b.forgetLine();
  if (!endless) block(b, s.orelse);
  b.assigned = start;
  b.forgetLine();
  b.emit('}');
}

/** The nested loops of a list comprehension; `body` emits what each turn does. */
export function comprehension(b: Body, generators: readonly Comprehension[], body: () => void): void {
  const start = new Set(b.assigned);
  const line = b.line;
  for (const generator of generators) {
    loopHead(b, generator.iter, generator.target, undefined);
    // Within an expression the line has been set already.
    b.line = line;
    for (const condition of generator.ifs) {
      const mark = b.mark();
      b.emit(`if(${test(b, condition)}){`);
      b.release(mark);
    }
  }
  body();
  b.emit(generators.map((generator) => '}'.repeat(1 + generator.ifs.length)).join(''));
  b.assigned = start;
  b.line = line;
}
