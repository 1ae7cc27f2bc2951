/** The names that a JavaScript or TypeScript program may use without declaring them. Data only: the checker loads no more. */
import { apiCalls } from '../../protocol/api.js';
import { repyExceptions } from '../../protocol/exceptions.js';
import { constantNames, permittedIntrinsics } from '../harden/permitted.js';

/** Small stand-ins for what every JavaScript host has; they work on the guest's own memory and the API alone. */
export const conveniences = [
  'console',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'queueMicrotask',
  'TextEncoder',
  'TextDecoder',
] as const;

/** The API's functions; a method of a handle is reached through its handle. */
export const apiNames: readonly string[] = apiCalls
  .filter((call) => !('only' in call) && !call.name.includes('.'))
  .map((call) => call.name);

export const exceptionNames: readonly string[] = Object.entries(repyExceptions)
  .filter(([, entry]) => entry.exported)
  .map(([name]) => name);

/** Made anew for each program. */
export const programNames = ['callargs', 'mycontext'] as const;

/** Need no binding. */
export const constants: ReadonlySet<string> = new Set(constantNames);

export const permittedNames: ReadonlySet<string> = new Set([
  ...permittedIntrinsics,
  ...constantNames,
  ...conveniences,
  ...apiNames,
  ...exceptionNames,
  ...programNames,
]);
