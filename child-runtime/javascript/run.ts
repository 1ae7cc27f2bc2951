/** A program from its check to its end: the event loop of a process that has one channel and nothing else to wait for. */
import { Buffer } from 'node:buffer';
import type { ProgramMessage } from '../../protocol/messages.js';
import type { Host } from '../host.js';
import { checkProgram } from './check.js';
import { compileProgram, type Main } from './compile.js';
import { endExited, endUncaught, endUnsafe, endWithReport, threadCode } from './ending.js';
import { guestValue } from './realm.js';
import { Refusal } from './refusal.js';
import { settleRejections } from './rejections.js';
import { deadlockReport } from './report.js';
import { beginSession, type Session } from './session.js';
import { beginThreads, endMain, threadFailure } from './threads.js';

/** How far the body of the program has come. */
type Progress = { state: 'running' } | { state: 'done' } | { state: 'failed'; reason: unknown };

/** Never returns; every path ends in `host.end`, whatever the program throws, and wherever. */
export function runProgram(program: ProgramMessage, host: Host): never {
  const session = beginSession(host, program.startedAt);
  let main: Main;
  let values: readonly unknown[];
  let times: { checked: number; compiled: number };
  try {
    const checked = checkProgram(program);
    const checkedAt = host.now();
    main = compileProgram(checked, program.name);
    beginThreads();
    const own = {
      callargs: program.args.map((arg) => (typeof arg === 'string' ? arg : Buffer.from(arg).toString())),
      mycontext: {},
    };
    values = checked.names.map((name) => guestValue(name, own));
    times = { checked: checkedAt, compiled: host.now() };
  } catch (error) {
    return error instanceof Refusal ? endUnsafe(host, error.message) : endUncaught(host, error);
  }
  try {
    host.started(times);
    return loop(session, begin(main, values));
  } catch (error) {
    // The guest's own value, perhaps a proxy: nothing may be asked of it here.
    return endUncaught(host, error);
  }
}

function begin(main: Main, values: readonly unknown[]): { progress: Progress } {
  const body: { progress: Progress } = { progress: { state: 'running' } };
  main(...values).then(
    () => {
      body.progress = { state: 'done' };
      endMain();
    },
    (reason: unknown) => {
      body.progress = { state: 'failed', reason };
    },
  );
  return body;
}

function loop(session: Session, body: { progress: Progress }): never {
  const { host, requests, timers } = session;
  for (;;) {
    host.runMicrotasks();
    const rejected = settleRejections();
    if (body.progress.state === 'failed') return endUncaught(host, body.progress.reason);
    if (rejected !== undefined) return endUncaught(host, rejected.reason);
    const failure = threadFailure();
    if (failure !== undefined) return endUncaught(host, failure.reason, threadCode);
    if (requests.pending === 0 && timers.pending === 0) {
      return body.progress.state === 'done' ? endExited(host) : endWithReport(host, deadlockReport());
    }
    // Answers are looked for in each turn, also when timers leave no time to wait: neither can starve the other.
    host.wait(Math.max(0, (timers.next() - host.now()) * 1000));
    host.notices();
    requests.deliver();
    timers.takeDue(host.now())?.fire();
  }
}
