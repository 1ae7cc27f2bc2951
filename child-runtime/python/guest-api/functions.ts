/** The API under RepyV2's names, as guests call it. Each function has a plain version and one for threads, and takes no keyword arguments. */
import { type ApiName, apiCall } from '../../../protocol/api.js';
import type { WireValue } from '../../../protocol/values.js';
import type { ApiResult } from '../../api/operations.js';
import { lastErrorReport } from '../core/report.js';
import { session } from '../core/session.js';
import { T } from '../core/state.js';
import { endExitall } from '../ending.js';
import { doubleOf, makeFloat } from '../numbers/kinds.js';
import { str } from '../operations/repr.js';
import { Until } from '../scheduler/wait.js';
import { type PyFunction, PyTuple, type Value } from '../values.js';
import { apiFunction, countArguments } from './api-function.js';
import { fromWire, resources } from './convert.js';
import { Handle, handleClasses, isOpenKind, type OpenKind } from './handle.js';
import { createLock } from './lock.js';
import { ask, askSteps, checkLocal, close, HandleReference } from './perform.js';
import { closed, isOpen, opened } from './reclaim.js';
import { createThread, liveThreads, threadName } from './threads.js';
import { createVirtualNamespace } from './virtual-namespace.js';

function handleOf(reference: HandleReference): Handle {
  if (!isOpenKind(reference.kind)) throw new Error(`the supervisor gave a ${reference.kind}`);
  const handle = new handleClasses[reference.kind](reference);
  opened(handle, () => session().host.runMicrotasks());
  return handle;
}

function toGuest(result: ApiResult): Value {
  return result instanceof HandleReference ? handleOf(result) : fromWire(result);
}

/** (remote IP, remote port, message). */
const datagram = (result: ApiResult): Value => new PyTuple((result as WireValue[]).map(fromWire));

/** (remote IP, remote port, socket). */
function connection(result: ApiResult): Value {
  const [address, port, number] = result as [WireValue, WireValue, number];
  return new PyTuple([fromWire(address), fromWire(port), handleOf(new HandleReference('socket', number))]);
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

export const apiFunctions: ReadonlyMap<string, PyFunction> = new Map([
  ['log', log],
  ['sleep', sleep],
  ['openfile', asking('openfile')],
  ['listfiles', asking('listfiles')],
  ['removefile', asking('removefile')],
  ['randombytes', asking('randombytes')],
  ['gethostbyname', asking('gethostbyname')],
  ['getmyip', asking('getmyip')],
  ['sendmessage', asking('sendmessage')],
  ['listenformessage', asking('listenformessage')],
  ['openconnection', asking('openconnection')],
  ['listenforconnection', asking('listenforconnection')],
  ['getresources', asking('getresources', (result) => resources(result as never, liveThreads()))],
  ['getruntime', local('getruntime', () => makeFloat(session().host.now() - session().startedAt))],
  ['exitall', local('exitall', () => endExitall())],
  ['createlock', createLock],
  ['createthread', createThread],
  ['createvirtualnamespace', createVirtualNamespace],
  ['getthreadname', getThreadName],
  ['getlasterror', getLastError],
]);

const method = (kind: OpenKind, name: string, value: PyFunction): void => {
  Object.defineProperty(handleClasses[kind].prototype, `m$${name}`, { value });
};
method('file', 'readat', asking('file.readat'));
method('file', 'writeat', asking('file.writeat'));
method('udp-server', 'getmessage', asking('udp-server.getmessage', datagram));
method('tcp-server', 'getconnection', asking('tcp-server.getconnection', connection));
method('socket', 'send', asking('socket.send'));
method('socket', 'recv', asking('socket.recv'));

/**
 * Whether closing can neither fail nor wait: a file that is open, in a program of one thread, so that nothing else is going on with it.
 * Then nobody needs the answer; what the program asks next is served after it.
 */
const closesAtOnce = (reference: HandleReference): boolean =>
  reference.kind === 'file' && isOpen(reference) && session().scheduler.count === 0;

function closing(kind: OpenKind): PyFunction {
  const close = asking(`${kind}.close`);
  return apiFunction(
    'close',
    'close',
    (...args: Value[]) => {
      const { reference } = args[0] as Handle;
      if (args.length === 1 && closesAtOnce(reference)) {
        session().host.post('file.close', [reference.id]);
        closed(reference);
        return null;
      }
      const result = close(...args);
      closed(reference);
      return result;
    },
    function* (...args: Value[]) {
      const result = yield* close.G!(...args) as Generator<undefined, Value, undefined>;
      closed((args[0] as Handle).reference);
      return result;
    },
  );
}
for (const kind of Object.keys(handleClasses) as OpenKind[]) method(kind, 'close', closing(kind));

const opening = new Set<Value>(
  ['openfile', 'listenformessage', 'openconnection', 'listenforconnection'].map((name) => apiFunctions.get(name)!),
);

/** An expression statement gave a handle: if the call just made it, nobody has it, and it is closed. */
export function dropped(callee: Value, handle: Value): void {
  if (opening.has(callee) && handle instanceof Handle) close(handle.reference);
}
