/**
 * Calls with keyword arguments by name, as they stand in a program. Which parameter each value is for depends on nothing but the callee's
 * text, so each place in the program remembers it for the text that it called last.
 */
import { type PyCode, type PyFunction, PyMethod, type Value } from '../values.js';
import { callGeneral, callGeneralG } from './calls.js';
import { badInit } from './classes.js';
import { asSlots, type CoreType } from './types.js';

export class CallSite {
  private code: PyCode | undefined = undefined;
  /** 1 if an object goes in front of the values: a method's or the new instance. */
  private shift = 0;
  /** For each parameter, the value that it gets: -1 for the object, -2 for the parameter's default. */
  private order: readonly number[] = [];

  constructor(
    /** How many of the values have no name; they come first. */
    readonly positional: number,
    readonly names: readonly string[],
  ) {}

  /** Whether the values fit the function's parameters without more ado. `callGeneral` does, or refuses, everything else. */
  fits(f: PyFunction, shift: number): boolean {
    return (f.code === this.code && shift === this.shift && this.code !== undefined) || this.learn(f, shift);
  }

  private learn(f: PyFunction, shift: number): boolean {
    const { code } = f;
    if (code === undefined || code.varkw) return false;
    const total = code.params.length;
    if (shift + this.positional > total) return false;
    const order = code.params.map((_, i) => (i < shift ? -1 : i < shift + this.positional ? i - shift : -2));
    for (const [i, name] of this.names.entries()) {
      const at = code.params.indexOf(name);
      if (order[at] !== -2) return false;
      order[at] = this.positional + i;
    }
    const required = total - (f.defaults?.length ?? 0);
    if (order.some((from, i) => from === -2 && i < required)) return false;
    this.code = code;
    this.shift = shift;
    this.order = order;
    return true;
  }

  /** The value of parameter `i`. */
  private at(i: number, f: PyFunction, object: Value, values: readonly Value[]): Value {
    const from = this.order[i]!;
    if (from >= 0) return values[from]!;
    return from === -1 ? object : f.defaults![f.defaults!.length - this.order.length + i]!;
  }

  /** Calls a function that fits. */
  call(f: PyFunction, object: Value, values: readonly Value[]): Value {
    switch (this.order.length) {
      case 1:
        return f(this.at(0, f, object, values));
      case 2:
        return f(this.at(0, f, object, values), this.at(1, f, object, values));
      case 3:
        return f(this.at(0, f, object, values), this.at(1, f, object, values), this.at(2, f, object, values));
      default:
        return f(...this.order.map((_, i) => this.at(i, f, object, values)));
    }
  }
}

export function callNamed(f: Value, site: CallSite, ...values: Value[]): Value {
  if (typeof f === 'function') {
    if (f.type === undefined) {
      if (site.fits(f, 0)) return site.call(f, null, values);
    } else if (f.type.guest) {
      const instance = (f.type as CoreType).allocate!();
      const init = asSlots(instance).m$__init__ as PyFunction | undefined;
      if (init !== undefined && site.fits(init, 1)) {
        const result = site.call(init, instance, values);
        return result === null ? instance : badInit(instance, result);
      }
    }
  } else if (f instanceof PyMethod && f.self !== undefined && site.fits(f.f, 1)) {
    return site.call(f.f, f.self, values);
  }
  const { positional, names } = site;
  return callGeneral(f, values.slice(0, positional), names, values.slice(positional), undefined, undefined);
}

export function* callNamedG(f: Value, site: CallSite, ...values: Value[]): Generator<unknown, Value, undefined> {
  const { positional, names } = site;
  return yield* callGeneralG(f, values.slice(0, positional), names, values.slice(positional), undefined, undefined);
}
