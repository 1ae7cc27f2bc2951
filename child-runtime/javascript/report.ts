/** Error reports in RepyV2's layout. Bounded, and made without running the guest's code. */
import { bounds } from '../../protocol/bounds.js';
import { type Frame, framesOf, frameText } from '../harden/stack-frames.js';
import { bounded, messageOf, typeNameOf } from '../harden/thrown.js';
import { inspect } from './inspect.js';

/** Chars; each takes at most three bytes, and `reportBytes` has room to spare for them. */
const lengthBound = bounds.reportBytes >> 2;
const messageBound = 8192;

function layout(frames: readonly Frame[], reason: string): string {
  const lines = [
    '---',
    'Uncaught exception!',
    '---',
    'Following is a user traceback. The most recent call is displayed last.',
    '',
    'User traceback:',
    ...[...frames].reverse().map(frameText),
    '',
    reason,
    '---',
  ];
  return bounded(lines.join('\n'), lengthBound);
}

/** For a value that reached the top of the program, whatever it is. */
export function uncaughtReport(thrown: unknown): string {
  const message = messageOf(thrown) ?? inspect(thrown);
  return layout(framesOf(thrown), `Exception (with type '${typeNameOf(thrown)}'): ${bounded(message, messageBound)}`);
}

/** For a program that waits for what can't happen any more. */
export const deadlockReport = (): string =>
  layout(
    [],
    'Deadlock: the program awaits a promise that nothing is left to resolve: no timer, no call, no other code.',
  );

/** When even the report can't be made. */
export const lastReport = (): string => layout([], 'Exception: the error could not be described');
