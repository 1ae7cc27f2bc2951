/** createthread() and getthreadname(). */
import { callG } from '../core/calls.js';
import { raiseNamed } from '../core/exceptions.js';
import { session } from '../core/session.js';
import { typeName } from '../core/types.js';
import { endThreadLimit } from '../ending.js';
import type { Steps } from '../scheduler/scheduler.js';
import { type PyFunction, PyMethod, type Value } from '../values.js';
import { apiFunction, countArguments } from './api-function.js';

/** What RepyV2 takes: functions and methods, its API's too; classes and built-in functions it does not. */
const startable = (v: Value): boolean => v instanceof PyMethod || (typeof v === 'function' && v.type === undefined);

/** RepyV2's events in use. */
export const liveThreads = (): number => {
  const { scheduler, mainRuns } = session();
  return scheduler.count + (mainRuns ? 1 : 0);
};

export const createThread: PyFunction = apiFunction('createthread', 'createthread', (...args: Value[]) => {
  countArguments('createthread', 1, args.length);
  const [f] = args as [Value];
  if (!startable(f)) return raiseNamed('RepyArgumentError', `Invalid type <type '${typeName(f)}'>`);
  const running = session();
  const { scheduler } = running;
  const limit = running.host.threadLimit();
  if (liveThreads() >= limit.most) {
    if (limit.ends) endThreadLimit();
    return raiseNamed('ResourceExhaustedError', "Resource 'events' limit exceeded!!");
  }
  running.threadsMade++;
  scheduler.add(`_EVENT:Thread:${running.threadsMade}`, callG(f) as Steps);
  return null;
});

export const threadName = (): string => session().scheduler.current.name;
