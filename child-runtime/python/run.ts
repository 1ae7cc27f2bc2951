/** A program from its check to its end. */
import { Buffer } from 'node:buffer';
import type { ProgramMessage } from '../../protocol/messages.js';
import type { Host } from '../host.js';
import type { Module } from './ast.js';
import { parseSafely } from './check.js';
import { compileModule, load, type Program } from './compiler/compile.js';
import { builtins } from './core/builtins.js';
import { exception } from './core/exceptions.js';
import { linkClosed, linkOpen } from './core/linkage.js';
import { SafeDict } from './core/namespaces.js';
import { uncaughtReport } from './core/report.js';
import { runtime } from './core/runtime.js';
import { beginSession, session } from './core/session.js';
import { T } from './core/state.js';
import './core/safe-dict.js';
import './core/value-hooks.js';
import { beginProgram, endExited, endUncaught, endUnsafe, endWithReport } from './ending.js';
import { apiFunctions, dropped } from './guest-api/functions.js';
import { boundAllocations } from './operations/bounds.js';
import { compileErrorMessage, unsafeReport } from './reports/unsafe.js';
import { checkCompileStage } from './safety/compile-stage.js';
import { Scheduler } from './scheduler/scheduler.js';
import { bytesToText } from './source.js';
import { ProgramError } from './syntax-error.js';
import { PyDict, PyList, type Value } from './values.js';

runtime.dropped = dropped;
runtime.tick = () => session().scheduler.tick();

/** RepyV2's code for a failure in set-up, as which it counts what compile() refuses after the check. */
const SETUP_FAILED = 3;

/** What a program finds besides the built-ins. */
function givenNames(args: ProgramMessage['args']): Map<string, Value> {
  return new Map<string, Value>([
    ...apiFunctions,
    ['callfunc', 'initialize'],
    ['callargs', new PyList(args.map((arg) => Buffer.from(arg as string, 'utf8').toString('latin1')))],
    ['mycontext', new PyDict()],
  ]);
}

/** Made while the runtime loads, so that children share them. */
const openNames = new Set(builtins.keys());
const closedNames = new Set([...openNames, ...givenNames([]).keys()]);
const isCallable = (name: string): boolean => typeof builtins.get(name) === 'function' || apiFunctions.has(name);
const callableNames = new Set([...closedNames].filter(isCallable));

/** A program that never says `_context` has its globals to itself, which makes them much quicker. */
const sharesGlobals = (text: string): boolean => text.includes('_context');

function prepare(module: Module, text: string, program: ProgramMessage): Program {
  const given = givenNames(program.args);
  const file = program.name;
  if (!sharesGlobals(text)) {
    const options = { file, closed: true, builtins: closedNames, functions: callableNames };
    return linkClosed(load(compileModule(module, options)), given);
  }
  const context = new SafeDict();
  for (const [name, value] of given) context.set(name, value);
  context.set('_context', context);
  return linkOpen(load(compileModule(module, { file, closed: false, builtins: openNames })), context);
}

/**
 * Never returns; every path ends in `host.end`, whatever the program throws.
 *
 * The program runs inside of a promise job where the host can start one: V8 makes no message object for an exception that is
 * thrown there, which makes raising four times cheaper.
 */
export function runProgram(program: ProgramMessage, host: Host): never {
  beginProgram();
  boundAllocations(program.memory);
  let begun = false;
  let fault: unknown;
  const job = (): void => {
    if (begun) return;
    begun = true;
    try {
      runInside(program, host);
    } catch (error) {
      // A host that ends programs by throwing, or a fault of the runtime's: nothing of the guest's gets here.
      fault = error;
    }
  };
  Promise.resolve().then(job);
  host.runMicrotasks();
  job();
  throw fault;
}

function runInside(program: ProgramMessage, host: Host): never {
  const text = bytesToText(program.source);
  let module: Module;
  try {
    module = parseSafely(text);
  } catch (error) {
    if (error instanceof ProgramError) return endUnsafe(host, unsafeReport(error));
    return endUncaught(host, error, false);
  }
  const fault = checkCompileStage(module);
  if (fault !== undefined) {
    const report = uncaughtReport(exception(fault.type, compileErrorMessage(fault, program.name)));
    return endWithReport(host, SETUP_FAILED, report);
  }
  const checked = host.now();
  const scheduler = new Scheduler(host, (thrown) => endUncaught(host, thrown, true));
  const running = beginSession({ host, scheduler, startedAt: program.startedAt });
  T.exc = null;
  T.tb = undefined;
  T.kw = undefined;
  let main: Program;
  try {
    main = prepare(module, text, program);
  } catch (error) {
    return endUncaught(host, error, false);
  }
  host.started({ checked, compiled: host.now() });
  try {
    main.plain();
    running.mainRuns = false;
    scheduler.finish();
  } catch (thrown) {
    return endUncaught(host, thrown, false);
  }
  return endExited(host);
}
