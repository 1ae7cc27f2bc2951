/** The state of the running thread that compiled code touches directly, and the tracebacks that it builds. */
import type { PyCode, PyDict, PyFunction, PyInstance, PyTuple, Value } from '../values.js';

/** One entry of a traceback; `next` is the frame that it called. */
export class Frame {
  constructor(
    readonly code: PyCode,
    readonly line: number,
    readonly next: Frame | undefined,
  ) {}
}

/** An exception object as `raise` throws it. */
export interface Raised extends PyInstance {
  /** The traceback of the last raise, outermost frame first; set when the exception is caught. */
  traceback: Frame | undefined;
  /** Its arguments; a tuple once the program has looked at them. */
  given: Value[] | PyTuple;
  /** True, on the prototype. */
  readonly E: boolean;
}

export interface ThreadState {
  /** Loop turns and calls that are left of the time slice. */
  n: number;
  /** The exception that is being handled (sys.exc_info), or that is on its way to a handler of the function that runs. */
  exc: Raised | null;
  /** The traceback of the exception that is passing through functions; undefined when none is. */
  tb: Frame | undefined;
  /** The function that is being called and may return its exception; else anything, or undefined. */
  called: PyFunction | undefined;
  /** Keyword arguments on their way into a function with `**kwargs`. */
  kw: PyDict | undefined;
}

/** Switched from thread to thread by the scheduler. */
export const T: ThreadState = {
  n: 1 << 30,
  exc: null,
  tb: undefined,
  called: undefined,
  kw: undefined,
};

/** What a function returns in place of throwing `T.exc`. Never a value. */
export const passing: unique symbol = Symbol('passing');

/**
 * The traceback entry of a frame that an exception leaves. Programs that raise in a loop get the last one again, if it is one of the two
 * innermost: few enough that keeping it keeps no long traceback alive.
 */
export function frame(code: PyCode, line: number, next: Frame | undefined): Frame {
  const last = code.lastFrame as Frame | undefined;
  if (last !== undefined && last.line === line && last.next === next) return last;
  const made = new Frame(code, line, next);
  if (next === undefined || next.next === undefined) code.lastFrame = made;
  return made;
}

/** Called by each function that an exception leaves. */
export function tb(code: PyCode, line: number): void {
  T.tb = frame(code, line, T.tb);
}

/** A variable that several functions share. */
export class Cell<V> {
  constructor(public v: V | undefined) {}
}

/** An attribute name, with the property names that stand for it. */
export class AttributeName {
  readonly own: string;
  readonly method: string;

  constructor(readonly name: string) {
    this.own = `$${name}`;
    this.method = `m$${name}`;
  }
}

const attributeNames = new Map<string, AttributeName>();

/** The same object for the same name. Names come from program texts and builtins, so their number is bounded. */
export function attributeName(name: string): AttributeName {
  let found = attributeNames.get(name);
  if (found === undefined) {
    found = new AttributeName(name);
    attributeNames.set(name, found);
  }
  return found;
}
