/** What is wrong with a start request that TypeScript didn't see: said here, rather than by whatever it would break later. */
import type { ProgramSpec } from './program-spec.js';

type Check = readonly [holds: (value: unknown) => boolean, wanted: string];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isBytes = (value: unknown): boolean => value instanceof Uint8Array;
const languages: readonly unknown[] = ['javascript', 'typescript', 'python'] satisfies ProgramSpec['language'][];

const checks: Readonly<Record<Exclude<keyof ProgramSpec, 'network' | 'announcement'>, Check>> = {
  name: [(value) => typeof value === 'string', 'a string'],
  language: [(value) => languages.includes(value), `one of ${languages.join(', ')}`],
  source: [isBytes, 'a Uint8Array, for example Buffer.from(text)'],
  args: [
    (value) => Array.isArray(value) && value.every((each) => typeof each === 'string' || isBytes(each)),
    'a list of strings or Uint8Arrays',
  ],
  restrictions: [areRestrictions, 'what loadRestrictions() gives'],
  directory: [(value) => typeof value === 'string' && value !== '', 'the path of a directory'],
  log: [
    (value) => isObject(value) && typeof value.write === 'function',
    'a log, for example new StreamLog(process.stdout)',
  ],
};

/** Undefined if nothing is. */
export function specFault(spec: unknown): string | undefined {
  if (!isObject(spec)) return 'the program must be an object';
  const wrong = Object.entries(checks).find(([field, [holds]]) => !holds(spec[field]));
  if (wrong === undefined) return undefined;
  const [field, [, wanted]] = wrong;
  return `the program's ${field} must be ${wanted}`;
}

/** Whether it has the parts of parsed restrictions: a policy's JSON has not. */
export function areRestrictions(value: unknown): boolean {
  return isObject(value) && isObject(value.limits) && value.messport instanceof Set && value.connport instanceof Set;
}
