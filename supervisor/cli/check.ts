import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bounds } from '../../protocol/bounds.js';
import { messageOf } from '../errors.js';
import { exitCodes } from '../outcome.js';
import { hostPlatform } from '../platform/host.js';
import { internalExitCode, setupExitCode, usageExitCode } from './exit-codes.js';
import { languageOf, unknownLanguage } from './language.js';
import type { Surroundings } from './program-host.js';
import { readBounded } from './read-file.js';
import { unreadableProgram, unsafeText } from './reports.js';
import { terminalText } from './terminal-text.js';

/** RepyV2's bound on the check, seconds. */
const checkSeconds = 15;
/** Mebibytes of the checker's heap: a program of the greatest size parses in less, a hostile one gets no more. */
const checkHeap = 1024;

const checker = fileURLToPath(new URL('../../bundled/check.js', import.meta.url));

/** `repyard check`: the static safety check alone, in a process of its own. Returns 0, or 5 for an unsafe program. */
export async function check(
  file: string,
  { stdout, stderr }: Pick<Surroundings, 'stdout' | 'stderr'>,
): Promise<number> {
  const language = languageOf(file);
  if (language === undefined) {
    stderr.write(`repyard check: ${unknownLanguage(file)}\n`);
    return usageExitCode;
  }
  let source: Uint8Array;
  try {
    source = await readBounded(file, bounds.programBytes);
  } catch {
    stdout.write(unreadableProgram(file).text);
    return usageExitCode;
  }
  if (source.byteLength > bounds.programBytes) {
    stderr.write(`repyard check: '${file}' is larger than ${bounds.programBytes} bytes\n`);
    return setupExitCode;
  }
  try {
    const report = await unsafeReport(source, language, file);
    if (report === undefined) return 0;
    stdout.write(terminalText(stdout, unsafeText(report)));
    return exitCodes.unsafe;
  } catch (error) {
    stderr.write(`repyard check: ${messageOf(error)}\n`);
    return internalExitCode;
  }
}

/** Why the program is unsafe, or `undefined` if it isn't. */
async function unsafeReport(source: Uint8Array, language: string, name: string): Promise<string | undefined> {
  const engine = (await hostPlatform()).enginePath();
  const { code, late, stdout, stderr } = await runChecker(engine, [language, name], source);
  if (late) {
    return `Code failed safety check! Error: Evaluation of code safety exceeded timeout threshold (${checkSeconds.toFixed(2)} seconds)`;
  }
  // A checker that died proves nothing: only its two verdicts count, each with the exit status that goes with it.
  const safe = code === 0;
  if (!safe && code !== exitCodes.unsafe) throw new Error(`the checker failed: ${stderr || code}`);
  const verdict: unknown = JSON.parse(stdout);
  if (typeof verdict !== 'object' || verdict === null || !('safe' in verdict) || verdict.safe !== safe) {
    throw new Error('the checker gave no verdict');
  }
  if (safe) return undefined;
  return 'report' in verdict && typeof verdict.report === 'string' ? verdict.report : 'Code failed safety check!';
}

interface CheckerEnd {
  /** The exit status, or in words how it ended otherwise. */
  readonly code: number | string;
  /** Whether it took too long. */
  readonly late: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Node's own function and no library's: loading one would take longer than the check. */
function runChecker(engine: string, args: readonly string[], source: Uint8Array): Promise<CheckerEnd> {
  return new Promise((resolve) => {
    const options = {
      env: {},
      timeout: checkSeconds * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: bounds.reportBytes * 4,
    } as const;
    const flags = [`--max-old-space-size=${checkHeap}`, checker];
    const child = execFile(engine, [...flags, ...args], options, (error, stdout, stderr) => {
      // Of what it killed itself, it says so: for the time, or for too much output.
      const late = error?.killed === true && error.code !== 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? error.message), late, stdout, stderr });
    });
    // It may be gone before it has read everything; its end tells.
    child.stdin?.on('error', () => undefined).end(source);
  });
}
