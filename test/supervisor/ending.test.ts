/** Why a program ended, where nothing but what the operating system saw tells it. */
import t from 'tap';
import { accountOf, causeOfProcessEnd } from '../../supervisor/ending.js';
import type { ChildEnding } from '../../supervisor/launch/launcher.js';
import { noUsage } from '../../supervisor/limits/limiter.js';
import { enforcementOf, osLimits } from '../../supervisor/os-limits.js';

const restrictions = { limits: { memory: 1000, cpu: 0.5 }, extensions: { cputime: 3 } } as never;
const account = accountOf(restrictions, { cpuSeconds: 2.5, serviceSeconds: 0.75 });
const ending: ChildEnding = { exitCode: 1816, signal: null } as never;

t.test('the kernel ended it at its total of processor time', async (t) => {
  t.match(causeOfProcessEnd(ending, { ...noUsage, cpuTimeReached: true }, account), {
    reason: 'limit',
    limit: { resource: 'cputime', allowed: 3, used: 3.25 },
    message: 'cputime: 3.25 of 3 seconds used; ended by the system at the limit',
  });
});

t.test('without that an exit code alone tells nothing', async (t) => {
  t.match(causeOfProcessEnd(ending, { ...noUsage, cpuTimeReached: false }, account), { reason: 'crashed' });
  t.match(causeOfProcessEnd(ending, undefined, account), { reason: 'crashed' });
});

t.test('memory', async (t) => {
  const usage = { ...noUsage, memoryKills: 1, memoryPeakBytes: 1001 };
  t.match(causeOfProcessEnd(ending, usage, account), { limit: { resource: 'memory', allowed: 1000, used: 1001 } });
});

t.test('the total goes to the limiter, and one line of the report says who keeps it', async (t) => {
  t.equal(osLimits(restrictions).cpuTime, 3);
  t.notOk('cpuTime' in osLimits({ limits: {} } as never));
  const linesOf = (kept: readonly object[]) => {
    const group = { enforcement: () => kept } as never;
    const lines = enforcementOf({ kind: 'windows', layers: [] }, group, restrictions);
    return lines.filter(({ resource }) => resource === 'cputime').map(({ mechanism }) => mechanism);
  };
  t.same(linesOf([]), ["the supervisor's clock"]);
  t.same(linesOf([{ resource: 'cputime', mechanism: 'both', state: 'enforced', accuracy: '' }]), ['both']);
});
