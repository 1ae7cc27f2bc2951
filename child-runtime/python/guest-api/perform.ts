/** Makes an API call for the guest: as a plain call, or as steps of a thread. */
import { type ApiName, apiCall, apiCalls } from '../../../protocol/api.js';
import { RepyError, type RepyExceptionName } from '../../../protocol/exceptions.js';
import type { WireValue } from '../../../protocol/values.js';
import { checkArguments } from '../../api/arguments.js';
import {
  type ApiRequest,
  type ApiResult,
  checkResult,
  isRequest,
  type Operation,
  startCall,
} from '../../api/operations.js';
import { type ApiValue, HandleReference } from '../../api/values.js';
import type { Answer } from '../../host.js';
import { raiseNamed } from '../core/exceptions.js';
import { session } from '../core/session.js';
import { When } from '../scheduler/wait.js';
import { PyLong, type Value } from '../values.js';
import { toApi } from './convert.js';
import { closed, unreachable } from './reclaim.js';

/** RepyErrors become the guest's exceptions; anything else goes on as it is. */
function translate(error: unknown): never {
  if (error instanceof RepyError) return raiseNamed(error.repyName, error.message);
  throw error;
}

/** Sends one request; the answer is found by the function returned. */
function send({ call, args }: ApiRequest): () => Answer | undefined {
  const { host } = session();
  const id = host.send(call, args);
  let answer: Answer | undefined;
  return () => {
    answer ??= host.take(id);
    return answer;
  };
}

function answered(answer: Answer): WireValue {
  if ('error' in answer) throw answer.error;
  return answer.value;
}

/** Other threads run while the request is served; a program that has none just waits. */
function request({ call, args }: ApiRequest): WireValue {
  const { host, scheduler } = session();
  if (scheduler.count === 0) return host.call(call, args);
  const answer = send({ call, args });
  scheduler.block(new When(() => answer() !== undefined));
  return answered(answer()!);
}

function* requestSteps(asked: ApiRequest): Generator<When, WireValue, undefined> {
  const answer = send(asked);
  yield new When(() => answer() !== undefined);
  return answered(answer()!);
}

function runPlain(begun: ApiRequest | Operation): ApiResult {
  if (isRequest(begun)) return checkResult(begun.call, request(begun));
  let step = begun.next();
  while (step.done !== true) step = begun.next(request(step.value));
  return step.value;
}

function* runSteps(begun: ApiRequest | Operation): Generator<When, ApiResult, undefined> {
  if (isRequest(begun)) return checkResult(begun.call, yield* requestSteps(begun));
  let step = begun.next();
  while (step.done !== true) step = begun.next(yield* requestSteps(step.value));
  return step.value;
}

/** Errors that a handle which nobody holds any more may have caused. */
const stale: ReadonlySet<string> = new Set<RepyExceptionName>([
  'FileInUseError',
  'ResourceExhaustedError',
  'AlreadyListeningError',
  'DuplicateTupleError',
]);
const mayBeStale = (error: unknown): boolean => error instanceof RepyError && stale.has(error.repyName);

/** Closes the handles that nobody can reach; returns whether there were any. */
function reclaim(): boolean {
  const { host } = session();
  const lost = unreachable(() => host.runMicrotasks());
  for (const reference of lost) close(reference);
  return lost.length > 0;
}

export function close(reference: HandleReference): void {
  closed(reference);
  try {
    runPlain(startCall(`${reference.kind}.close` as ApiName, [reference]));
  } catch (error) {
    // The supervisor may have closed it for a reason of its own.
    if (!(error instanceof RepyError)) throw error;
  }
}

/** The arguments of each call where RepyV2 wants an int and no long, which it says after it has checked all types. */
const plainInts: ReadonlyMap<string, readonly (readonly [index: number, name: string])[]> = new Map(
  apiCalls.flatMap(({ name, arguments: wanted }) => {
    const plain = wanted.flatMap((argument, index) =>
      'plain' in argument.shape ? [[index, argument.name] as const] : [],
    );
    return plain.length === 0 ? [] : [[name as string, plain] as const];
  }),
);

function begin(name: ApiName, args: readonly Value[], values: readonly ApiValue[]): ApiRequest | Operation {
  const begun = startCall(name, values);
  for (const [index, argument] of plainInts.get(name) ?? []) {
    if (!(args[index] instanceof PyLong)) continue;
    throw new RepyError('RepyArgumentError', `Provided ${argument} must be an int!`);
  }
  return begun;
}

/** `name` asked of the supervisor. */
export function ask(name: ApiName, args: readonly Value[]): ApiResult {
  const values = args.map(toApi);
  try {
    return runPlain(begin(name, args, values));
  } catch (error) {
    if (!mayBeStale(error) || !reclaim()) return translate(error);
  }
  try {
    return runPlain(begin(name, args, values));
  } catch (error) {
    return translate(error);
  }
}

export function* askSteps(name: ApiName, args: readonly Value[]): Generator<When, ApiResult, undefined> {
  const values = args.map(toApi);
  try {
    return yield* runSteps(begin(name, args, values));
  } catch (error) {
    if (!mayBeStale(error) || !reclaim()) return translate(error);
  }
  try {
    return yield* runSteps(begin(name, args, values));
  } catch (error) {
    return translate(error);
  }
}

/** Checks the arguments of a call that the child serves itself. */
export function checkLocal(name: ApiName, args: readonly Value[]): void {
  try {
    checkArguments(apiCall(name), args.map(toApi));
  } catch (error) {
    translate(error);
  }
}

export { HandleReference };
