/** Makes an API call for the guest: as a plain call, or as steps of a thread. */
import { type ApiName, apiCall } from '../../../protocol/api.js';
import { RepyError } from '../../../protocol/exceptions.js';
import type { WireValue } from '../../../protocol/values.js';
import { checkArguments } from '../../api/arguments.js';
import { type ApiRequest, type ApiResult, type Operation, startOperation } from '../../api/operations.js';
import { HandleReference } from '../../api/values.js';
import type { Answer } from '../../host.js';
import { raiseNamed } from '../core/exceptions.js';
import { session } from '../core/session.js';
import { When } from '../scheduler/wait.js';
import type { Value } from '../values.js';
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

function valueOf(answer: Answer): WireValue {
  if ('error' in answer) throw answer.error;
  return answer.value;
}

function runPlain(operation: Operation): ApiResult {
  const { scheduler } = session();
  let step = operation.next();
  while (step.done !== true) {
    const answer = send(step.value);
    scheduler.block(new When(() => answer() !== undefined));
    step = operation.next(valueOf(answer()!));
  }
  return step.value;
}

function* runSteps(operation: Operation): Generator<When, ApiResult, undefined> {
  let step = operation.next();
  while (step.done !== true) {
    const answer = send(step.value);
    yield new When(() => answer() !== undefined);
    step = operation.next(valueOf(answer()!));
  }
  return step.value;
}

/** Errors that a handle which nobody holds any more may have caused. */
const mayBeStale = (error: unknown): boolean =>
  error instanceof RepyError && (error.repyName === 'FileInUseError' || error.repyName === 'ResourceExhaustedError');

/** Closes the handles that nobody can reach; returns whether there were any. */
function reclaim(): boolean {
  const { host } = session();
  const stale = unreachable(() => host.runMicrotasks());
  for (const reference of stale) close(reference);
  return stale.length > 0;
}

export function close(reference: HandleReference): void {
  closed(reference);
  try {
    runPlain(startOperation(`${reference.kind}.close` as ApiName, [reference]));
  } catch (error) {
    // The supervisor may have closed it for a reason of its own.
    if (!(error instanceof RepyError)) throw error;
  }
}

/** `name` asked of the supervisor. */
export function ask(name: ApiName, args: readonly Value[]): ApiResult {
  const values = args.map(toApi);
  try {
    return runPlain(startOperation(name, values));
  } catch (error) {
    if (!mayBeStale(error) || !reclaim()) return translate(error);
  }
  try {
    return runPlain(startOperation(name, values));
  } catch (error) {
    return translate(error);
  }
}

export function* askSteps(name: ApiName, args: readonly Value[]): Generator<When, ApiResult, undefined> {
  const values = args.map(toApi);
  try {
    return yield* runSteps(startOperation(name, values));
  } catch (error) {
    if (!mayBeStale(error) || !reclaim()) return translate(error);
  }
  try {
    return yield* runSteps(startOperation(name, values));
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
