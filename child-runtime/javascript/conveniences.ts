/** What programs expect of any JavaScript host: a console that logs, timers, promise jobs, text encoding. */
import { logItems } from './functions.js';
import { inspect } from './inspect.js';
import { textItem } from './log-items.js';
import { session } from './session.js';
import { GuestTextDecoder, GuestTextEncoder } from './text-coding.js';

/** One line: strings as they are, other values in a readable form. */
function consoleLine(...values: unknown[]): void {
  const line = values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
  void logItems([textItem(`${line}\n`)]);
}

const console = {
  log: (...values: unknown[]): void => consoleLine(...values),
  info: (...values: unknown[]): void => consoleLine(...values),
  debug: (...values: unknown[]): void => consoleLine(...values),
  warn: (...values: unknown[]): void => consoleLine(...values),
  error: (...values: unknown[]): void => consoleLine(...values),
};

type Callback = (...args: unknown[]) => unknown;

function callable(callback: unknown): Callback {
  if (typeof callback !== 'function') throw new TypeError('The callback must be a function');
  return callback as Callback;
}

/** Seconds; nonsense counts as none, as it does elsewhere. */
function delay(milliseconds: unknown, least: number): number {
  const wanted = Number(milliseconds);
  return Math.max(Number.isNaN(wanted) ? 0 : wanted, least) / 1000;
}

function addTimer(callback: unknown, milliseconds: unknown, args: unknown[], repeat: boolean): number {
  const call = callable(callback);
  const seconds = delay(milliseconds, repeat ? 1 : 0);
  const { host, timers } = session();
  return timers.add(host.now() + seconds, () => void call(...args), repeat ? seconds : undefined);
}

export const conveniences: Readonly<Record<string, unknown>> = {
  console,
  TextEncoder: GuestTextEncoder,
  TextDecoder: GuestTextDecoder,

  /** Returns a number for clearTimeout. */
  setTimeout(callback: unknown, milliseconds: unknown = 0, ...args: unknown[]): number {
    return addTimer(callback, milliseconds, args, false);
  },

  setInterval(callback: unknown, milliseconds: unknown = 0, ...args: unknown[]): number {
    return addTimer(callback, milliseconds, args, true);
  },

  clearTimeout(timer: unknown): void {
    session().timers.cancel(timer);
  },

  clearInterval(timer: unknown): void {
    session().timers.cancel(timer);
  },

  queueMicrotask(callback: unknown): void {
    const call = callable(callback);
    // An error becomes an unhandled rejection, which ends the program.
    void Promise.resolve().then(() => void call());
  },
};
