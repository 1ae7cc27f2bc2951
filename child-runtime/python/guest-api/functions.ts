/** The API under RepyV2's names, as guests call it. Each function has a plain version and one for threads, and takes no keyword arguments. */
import { type ApiName, apiCall } from '../../../protocol/api.js';
import type { ApiResult } from '../../api/operations.js';
import { lastErrorReport } from '../core/report.js';
import { session } from '../core/session.js';
import { T } from '../core/state.js';
import { doubleOf, makeFloat } from '../numbers/kinds.js';
import { str } from '../operations/repr.js';
import { Until } from '../scheduler/wait.js';
import type { PyFunction, Value } from '../values.js';
import { endExitall } from '../ending.js';
import { apiFunction, countArguments } from './api-function.js';
import { fromWire, resources } from './convert.js';
import { Handle } from './handle.js';
import { createLock } from './lock.js';
import { ask, askSteps, checkLocal, close, HandleReference } from './perform.js';
import { closed, opened } from './reclaim.js';
import { createThread, threadName } from './threads.js';
import { createVirtualNamespace } from './virtual-namespace.js';

function toGuest(result: ApiResult): Value {
  if (!(result instanceof HandleReference)) return fromWire(result);
  const handle = new Handle(result);
  opened(handle);
  return handle;
}

/** A call that the supervisor serves. */
function asking(name: ApiName, finish: (result: ApiResult) => Value = toGuest): PyFunction {
  return apiFunction(
    name,
    apiCall(name).internalName,
    (...args: Value[]) => finish(ask(name, args)),
    function* (...args: Value[]) {
      return finish(yield* askSteps(name, args));
    },
  );
}

/** A call that this process serves by itself, at once. */
function local(name: ApiName, f: (...args: Value[]) => Value): PyFunction {
  return apiFunction(name, apiCall(name).internalName, (...args: Value[]) => {
    checkLocal(name, args);
    return f(...args);
  });
}

const log = apiFunction(
  'log',
  'log',
  (...args: Value[]) => {
    if (args.length > 0) ask('log', [session().softSpace.join(args.map(str))]);
    return null;
  },
  function* (...args: Value[]) {
    if (args.length > 0) yield* askSteps('log', [session().softSpace.join(args.map(str))]);
    return null;
  },
);

function wakeTime(args: Value[]): Until {
  checkLocal('sleep', args);
  return new Until(session().host.now() + doubleOf(args[0]!));
}

const sleep = apiFunction(
  'sleep',
  'sleep',
  (...args: Value[]) => {
    session().scheduler.block(wakeTime(args));
    return null;
  },
  function* (...args: Value[]) {
    yield wakeTime(args);
    return null;
  },
);

const getLastError = apiFunction('getlasterror', 'getlasterror', (...args: Value[]) => {
  countArguments('getlasterror', 0, args.length);
  const e = T.exc;
  T.exc = null;
  return e === null ? null : lastErrorReport(e);
});

const getThreadName = apiFunction('getthreadname', 'getthreadname', (...args: Value[]) => {
  countArguments('getthreadname', 0, args.length);
  return threadName();
});

const liveThreads = (): number => {
  const { scheduler, mainRuns } = session();
  return scheduler.count + (mainRuns ? 1 : 0);
};

export const apiFunctions: ReadonlyMap<string, PyFunction> = new Map([
  ['log', log],
  ['sleep', sleep],
  ['openfile', asking('openfile')],
  ['listfiles', asking('listfiles')],
  ['removefile', asking('removefile')],
  ['randombytes', asking('randombytes')],
  ['getresources', asking('getresources', (result) => resources(result as never, liveThreads()))],
  ['getruntime', local('getruntime', () => makeFloat(session().host.now() - session().startedAt))],
  ['exitall', local('exitall', () => endExitall())],
  ['createlock', createLock],
  ['createthread', createThread],
  ['createvirtualnamespace', createVirtualNamespace],
  ['getthreadname', getThreadName],
  ['getlasterror', getLastError],
]);

/** Methods of handles, by the names in the API table. */
const methods: ReadonlyArray<readonly [ApiName, string]> = [
  ['file.readat', 'readat'],
  ['file.writeat', 'writeat'],
];
for (const [name, method] of methods) {
  Object.defineProperty(Handle.prototype, `m$${method}`, { value: asking(name) });
}
const closing = asking('file.close');
Object.defineProperty(Handle.prototype, 'm$close', {
  value: apiFunction(
    'close',
    'close',
    (...args: Value[]) => {
      const result = closing(...args);
      closed((args[0] as Handle).reference);
      return result;
    },
    function* (...args: Value[]) {
      const result = yield* closing.G!(...args) as Generator<undefined, Value, undefined>;
      closed((args[0] as Handle).reference);
      return result;
    },
  ),
});

/** An expression statement gave a handle: if the call just made it, nobody has it, and it is closed. */
export function dropped(callee: Value, handle: Value): void {
  if (callee === apiFunctions.get('openfile') && handle instanceof Handle) close(handle.reference);
}
