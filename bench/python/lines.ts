/** The benchmark programs and what their log says: `BENCH name wall-seconds cpu-seconds checksums`, a line or two each. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../bench/programs/', import.meta.url);

interface Recorded {
  readonly [program: string]: {
    readonly [line: string]: { readonly checksums: string; readonly cpythonSeconds: number };
  };
}

/** What each line has to compute, and CPU seconds of CPython 2.7.18 on the machine where they were recorded. */
export const recorded = JSON.parse(readFileSync(new URL('python.json', folder), 'utf8')) as Recorded;

export const programs = Object.keys(recorded);

export const programPath = (program: string): string => fileURLToPath(new URL(`${program}.r2py`, folder));

/**
 * CPU seconds of each line. What the whole program took beyond its lines (start, parsing, compiling) is shared evenly among them.
 * Throws when a checksum is wrong.
 */
export function secondsByLine(program: string, log: string, totalSeconds: number): Map<string, number> {
  const expected = recorded[program];
  if (expected === undefined) throw new Error(`no benchmark program ${program}`);
  const seconds = new Map<string, number>();
  for (const [, line, own, checksums] of log.matchAll(/^BENCH (\w+) \S+ (\S+) (.*?) *$/gm)) {
    if (checksums !== expected[line!]?.checksums) throw new Error(`${program}: ${line} computed ${checksums}`);
    seconds.set(line!, Number(own));
  }
  if (seconds.size !== Object.keys(expected).length) throw new Error(`${program} did not log all its lines: ${log}`);
  const own = [...seconds.values()].reduce((sum, one) => sum + one, 0);
  const share = Math.max(0, totalSeconds - own) / seconds.size;
  for (const [line, value] of seconds) seconds.set(line, value + share);
  return seconds;
}
