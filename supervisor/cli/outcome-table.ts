import type { Restrictions } from '../../restrictions/restrictions.js';
import type { Outcome } from '../outcome.js';
import { against, bytes, seconds } from './figures.js';
import { stateWords } from './live-table.js';
import { sanitiseLine } from './sanitise.js';
import { cut, tableLines } from './table.js';
import type { Expected } from './yard-file.js';

export interface Ended {
  readonly outcome: Outcome;
  readonly restrictions: Restrictions;
  readonly expected: Expected;
}

const header = ['PROGRAM', 'OUTCOME', 'AS EXPECTED', 'CPU', 'THROTTLED', 'PEAK MEMORY', 'DISK', 'LOG', 'WHY'];
/** Characters of a reason that the table shows; the outcomes as JSON have all of it. */
const whyWidth = 160;

/** Whether a program ended as its yard entry says. */
export function asExpected({ outcome, expected }: Pick<Ended, 'outcome' | 'expected'>): boolean {
  if (!expected.reasons.includes(outcome.reason)) return false;
  return expected.limit === undefined || outcome.limit?.resource === expected.limit;
}

/**
 * How each program ended, and what it used, a line each of at most `width` characters; then the reasons of those that
 * did not end as expected, in full, and the verdict.
 */
export function outcomeLines(programs: readonly Ended[], width = Number.POSITIVE_INFINITY): string[] {
  const rows = programs.map((program) => {
    const { outcome, restrictions } = program;
    const { usage } = outcome;
    return [
      outcome.program,
      stateWords({ state: 'ended', outcome }),
      asExpected(program) ? 'yes' : `no: ${wanted(program.expected)}`,
      seconds(usage.cpuSeconds),
      seconds(usage.throttledSeconds),
      against(bytes(usage.memoryPeakBytes), bytes(restrictions.limits.memory ?? 0)),
      against(bytes(usage.diskBytes), bytes(restrictions.limits.diskused ?? 0)),
      bytes(usage.tallied.lograte ?? 0),
      why(outcome),
    ];
  });
  const wrong = programs.filter((program) => !asExpected(program));
  const verdict = wrong.length === 0 ? 'each as expected' : `${wrong.length} not as expected`;
  return [
    ...tableLines(header, rows, width),
    ...wrong.map(({ outcome }) => `${outcome.program}: ${why(outcome)}`),
    `${programs.length} programs ended, ${verdict}`,
  ];
}

function wanted({ reasons, limit }: Expected): string {
  return limit === undefined ? reasons.join(' or ') : `${reasons.join(' or ')} ${limit}`;
}

/** The first line of the supervisor's sentence, and the last line of the guest's report: there its exception stands. */
function why({ message, report }: Outcome): string {
  const last = report
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '---')
    .at(-1);
  const first = message.split('\n', 1)[0] ?? '';
  return cut(sanitiseLine(last === undefined ? first : `${first}: ${last}`), whyWidth);
}
