/** What `repyard doctor` finds out. `--json` prints it as it is; its schema is docs/doctor.schema.json. */
export type LayerState =
  /** It was tried, and held. */
  | 'enforced'
  /** Kept, but by less than usual; programs run all the same. */
  | 'weaker'
  /** Programs are refused for want of it, or it didn't hold. */
  | 'missing'
  /** It takes another layer that is missing. */
  | 'untried';

/** What one look at one layer showed. */
export interface Finding {
  readonly state: LayerState;
  /** What was seen when it was tried, or why it isn't as it should be. */
  readonly what: string;
  /** What the operator can do about it, each an imperative sentence without a period. */
  readonly fixes: readonly string[];
}

export interface Layer extends Finding {
  readonly name: string;
  /** Milliseconds that the look took. */
  readonly ms: number;
}

export interface DoctorReport {
  /** Changes when a field of this report does. */
  readonly version: 1;
  readonly host: {
    /** For example Linux. */
    readonly system: string;
    readonly kernel: string;
    readonly architecture: string;
    /** Of the supervisor. */
    readonly node: string;
    readonly uid: number;
    /** Whether limits that are only polled would do (`--allow-degraded`). */
    readonly allowDegraded: boolean;
  };
  readonly layers: readonly Layer[];
  /** Whether `repyard run` with the same options runs a program here: one was run. */
  readonly runs: boolean;
}

export const enforced = (what: string): Finding => ({ state: 'enforced', what, fixes: [] });
export const weaker = (what: string, ...fixes: readonly string[]): Finding => ({ state: 'weaker', what, fixes });
export const untried = (what: string): Finding => ({ state: 'untried', what, fixes: [] });
export const missing = (what: string, ...fixes: readonly string[]): Finding => ({ state: 'missing', what, fixes });

/** Errors of this project tell the fix behind these words, at the end of their first line; some then a way around it. */
const beforeFix = /[.;] To fix it, /;
const beforeWayAround = /\.? To run it nevertheless, .*/;

/** What was thrown, with the fix that its message names. */
export function missingBecause(thrown: unknown, ...more: readonly string[]): Finding {
  const [first = '', ...detail] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
  const [what = '', fix] = first.split(beforeFix);
  const where = detail.map((line) => line.trim()).find((line) => line !== '');
  return missing(
    where === undefined ? what : `${what} (${where})`,
    ...(fix === undefined ? [] : [fix.replace(beforeWayAround, '')]),
    ...more,
  );
}

/** Whether the host passes: a program ran, and nothing that was tried failed to hold. */
export function isWell({ layers, runs }: DoctorReport): boolean {
  return runs && layers.every(({ state }) => state === 'enforced' || state === 'weaker');
}
