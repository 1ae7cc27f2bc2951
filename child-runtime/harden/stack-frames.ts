/**
 * The stack frames of errors, kept for reports. V8 hands an error's call sites to `Error.prepareStackTrace` when its `stack` is
 * first read; ours remembers those of guests' own code and makes the `stack` text of these alone, so that a guest sees
 * neither the runtime's frames nor call sites, by which it could reach functions and receivers.
 */
import { bounded, isObject, messageOf, typeNameOf } from './thrown.js';

export interface Frame {
  readonly file: string;
  readonly line: number;
  /** Empty for a function without a name. */
  readonly name: string;
}

interface CallSite {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getFunctionName(): string | null;
}

/** Marks the script name of a guest's code, so that no program name can pass for a file of the runtime, or the reverse. */
const mark = 'guest:';
export const guestScript = (program: string): string => mark + program;

/** V8's `stackTraceLimit`: frames that are captured with each error. */
const framesKept = 32;

const EngineError = Error;
const readStack = Object.getOwnPropertyDescriptor(new Error(''), 'stack')?.get;
const framesByError = new WeakMap<object, readonly Frame[]>();

function guestFrames(sites: readonly CallSite[]): Frame[] {
  const frames: Frame[] = [];
  for (const site of sites) {
    const script = site.getFileName();
    if (typeof script !== 'string' || !script.startsWith(mark)) continue;
    const [line, name] = [site.getLineNumber() ?? 0, bounded(site.getFunctionName() ?? '', 200)];
    frames.push({ file: script.slice(mark.length), line, name });
  }
  return frames;
}

/** As RepyV2 shows a frame. */
export const frameText = ({ file, line, name }: Frame): string =>
  `  "${file}", line ${line}, in ${name === '' ? '<anonymous>' : name}`;

function prepareStackTrace(error: unknown, sites: readonly CallSite[]): string {
  const frames = guestFrames(sites);
  if (isObject(error)) framesByError.set(error, frames);
  const head = `${typeNameOf(error)}: ${bounded(messageOf(error) ?? '', 1000)}`;
  return [head, ...frames.map(frameText)].join('\n');
}

/** Takes over stack traces for good. After lockdown, which has its own use for the hook. */
export function recordStackFrames(): void {
  const fixed = { writable: false, enumerable: false, configurable: false };
  Object.defineProperty(EngineError, 'prepareStackTrace', { value: prepareStackTrace, ...fixed });
  Object.defineProperty(EngineError, 'stackTraceLimit', { value: framesKept, ...fixed });
}

/** The frames of guests' code where `error` was made, innermost first. Runs no code of the guest's. */
export function framesOf(error: unknown): readonly Frame[] {
  if (!isObject(error)) return [];
  // Reading the stack through the captured getter makes V8 call our hook, unless it did before.
  if (!framesByError.has(error) && messageOf(error) !== undefined) readStack?.call(error);
  return framesByError.get(error) ?? [];
}
