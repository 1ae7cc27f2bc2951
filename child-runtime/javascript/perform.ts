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
function translated(error: unknown, name: ApiName, args: readonly unknown[]): unknown {
  if (!(error instanceof RepyError)) return error;
  const self = apiCall(name).arguments[0]?.shape;
  const given = toApi(args[0]);
  if (self?.kind !== 'handle' || (given instanceof HandleReference && given.kind === self.of)) return guestError(error);
  // `const { readat } = file`: without a word about `this`, the message would be about an argument that isn't there.
  const why = `Invalid type <type '${javascriptTypeName(given)}'>: ${name} is called on a ${self.of}`;
  return guestError(new RepyError('RepyArgumentError', why));
}

/** Threads are the program's own: only its process knows how many there are. */
function withEvents(resources: unknown): unknown {
  const [, usage] = resources as [unknown, Record<string, unknown>];
  usage.events = session().liveThreads;
  return resources;
}

/** A fresh value of the guest's own; an accepted connection comes with its handle. */
function guestResult(name: ApiName, result: ApiResult): unknown {
  const { result: shape, handle } = apiCall(name);
  if (shape === 'resources') return withEvents(toGuest(result));
  if (shape !== 'connection' || handle === undefined || !Array.isArray(result)) return toGuest(result);
  const [address, port, socket] = result;
  return [address, port, toGuest(new HandleReference(handle, socket as number))];
}

/**
 * Rejects with the guest's exception, which is made when whoever awaits the call's promise is known: so V8 finds the lines of the guest's
 * functions that wait. By the second turn the promise that was resolved with this one is a reaction of it.
 */
async function failing(error: RepyError): Promise<never> {
  await undefined;
  await undefined;
  throw guestError(error);
}

/** Asks the supervisor. Wrong arguments reject the promise; nothing is thrown. */
export function ask(name: ApiName, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    try {
      session().requests.start(startCall(name, args.map(toApi), javascriptTypeName), {
        resolve: (result) => resolve(guestResult(name, result)),
        reject: (error) => resolve(failing(error)),
      });
    } catch (error) {
      reject(translated(error, name, args));
    }
  });
}

/** Checks the arguments of a call that the child serves itself. Throws the guest's exception. */
export function checkLocal(name: ApiName, args: readonly unknown[]): void {
  try {
    checkArguments(apiCall(name), args.map(toApi), javascriptTypeName);
  } catch (error) {
    throw translated(error, name, args);
  }
}
