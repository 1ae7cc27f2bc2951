/** Makes an API call for the guest: now for calls that don't wait, else as a promise. */
import { type ApiName, apiCall } from '../../protocol/api.js';
import { RepyError } from '../../protocol/exceptions.js';
import { checkArguments } from '../api/arguments.js';
import { type ApiResult, startCall } from '../api/operations.js';
import { HandleReference } from '../api/values.js';
import { javascriptTypeName, toApi, toGuest } from './convert.js';
import { guestError } from './exceptions.js';
import { session } from './session.js';

/** RepyErrors become the guest's exceptions; anything else is a fault of the runtime's, or a stack that is used up. */
const translated = (error: unknown): unknown => (error instanceof RepyError ? guestError(error) : error);

/** A fresh value of the guest's own; an accepted connection comes with its handle. */
function guestResult(name: ApiName, result: ApiResult): unknown {
  const { result: shape, handle } = apiCall(name);
  if (shape !== 'connection' || handle === undefined || !Array.isArray(result)) return toGuest(result);
  const [address, port, socket] = result;
  return [address, port, toGuest(new HandleReference(handle, socket as number))];
}

/** Asks the supervisor. Wrong arguments reject the promise; nothing is thrown. */
export function ask(name: ApiName, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    try {
      session().requests.start(startCall(name, args.map(toApi), javascriptTypeName), {
        resolve: (result) => resolve(guestResult(name, result)),
        reject: (error) => reject(guestError(error)),
      });
    } catch (error) {
      reject(translated(error));
    }
  });
}

/** Checks the arguments of a call that the child serves itself. Throws the guest's exception. */
export function checkLocal(name: ApiName, args: readonly unknown[]): void {
  try {
    checkArguments(apiCall(name), args.map(toApi), javascriptTypeName);
  } catch (error) {
    throw translated(error);
  }
}
