/** RepyV2's texts about exceptions that reached the top, or that getlasterror() tells of (tracebackrepy.py). */
import { bounds } from '../../../protocol/bounds.js';
import { str } from '../operations/repr.js';
import type { PyType } from '../values.js';
import { dropTraceback } from './handlers.js';
import { qualifiedName } from './objects.js';
import { type Frame, type Raised, T } from './state.js';

/** Chars of a report at most. A frame is told in fewer than 4096 of them, whatever its names. */
const LONGEST = bounds.reportBytes - 4096;
const LONGEST_MESSAGE = 16_384;
/** Frames at most, half of them from each end; CPython's recursion limit is 1000. */
const MOST_FRAMES = 1000;

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length)}...`);

function frameLines(first: Frame | undefined): string[] {
  const lines: string[] = [];
  for (let frame = first; frame !== undefined; frame = frame.next) {
    const { code, line } = frame;
    lines.push(`  "${cut(code.file, 1024)}", line ${line}, in ${cut(code.name, 1024)}`);
  }
  if (lines.length <= MOST_FRAMES) return lines;
  return [...lines.slice(0, MOST_FRAMES / 2), ...lines.slice(-MOST_FRAMES / 2)];
}

/** The exception's text; that of a guest's `__str__` may fail. */
function message(e: Raised): string {
  const { exc, tb } = T;
  try {
    return cut(str(e), LONGEST_MESSAGE);
  } catch (thrown) {
    dropTraceback(thrown);
    return '';
  } finally {
    T.exc = exc;
    T.tb = tb;
  }
}

function reason(e: Raised): string {
  const type: PyType = e.T;
  if (type.name === 'RunBuiltinException' && type.module === 'exception_hierarchy') {
    return `Unsafe call: ${message(e)}`;
  }
  const name = qualifiedName(type);
  const kind = !type.newStyle || type.module === 'exceptions' ? 'type' : 'class';
  const shown = type.newStyle ? `'${name}'` : name;
  return `Exception (with ${kind} ${shown}): ${message(e)}`;
}

function body(e: Raised): string[] {
  const frames = frameLines(e.traceback);
  const half = Math.floor((LONGEST - LONGEST_MESSAGE - 1024) / 2);
  const shown = cut(frames.join('\n'), half);
  return [
    'Following is a full traceback, and a user traceback.',
    'The user traceback excludes non-user modules. The most recent call is displayed last.',
    '',
    'Full debugging traceback:',
    shown,
    '',
    'User traceback:',
    shown,
    '',
    reason(e),
    '---',
  ];
}

/** What getlasterror() returns. */
export const lastErrorReport = (e: Raised): string => ['---', ...body(e)].join('\n');

/** What is printed for an exception that nobody caught. */
export const uncaughtReport = (e: Raised): string => ['---', 'Uncaught exception!', '---', ...body(e)].join('\n');
