/** What holds programs to their limits: tried on real ones. */
import { setTimeout as delay } from 'node:timers/promises';
import { memoryClasses } from '../../launch/memory-classes.js';
import { assertEnforced, enforcementOf } from '../../os-limits.js';
import type { Outcome } from '../../outcome.js';
import { cgroupFixes } from '../cgroup-fixes.js';
import { customary, type Patient } from '../patient.js';
import { enforced, type Finding, missing, missingBecause, untried, weaker } from '../report.js';

type Kept = { readonly mechanism: string; readonly accuracy: string };

/** Looks whether the limiter claims to enforce the resource. `run` asks the same function about all of them. */
async function kept(patient: Patient, resource: string): Promise<Kept | Finding> {
  const limiter = await patient.limiter();
  const group = await patient.group();
  const lines = enforcementOf(patient.options.platform, group, customary()).filter(
    (line) => line.resource === resource,
  );
  const [line] = lines;
  if (line === undefined) return missing(`nobody keeps this limit: ${limiter.mechanism} does not`);
  try {
    assertEnforced(lines, limiter.lack);
    return line;
  } catch (error) {
    const fixes = cgroupFixes();
    if (!patient.options.allowDegraded) return missingBecause(limiter.lack ?? error, ...fixes);
    return weaker(
      `${line.state} by ${line.mechanism}: ${line.accuracy}`,
      ...missingBecause(limiter.lack ?? error).fixes,
    );
  }
}

const isFinding = (found: Kept | Finding): found is Finding => 'fixes' in found;

/** A limit that is claimed, but that no child can be had to try it on. */
async function untriable(patient: Patient, { mechanism }: Kept): Promise<Finding | undefined> {
  try {
    await patient.canary();
    return undefined;
  } catch {
    return untried(`${mechanism} would keep it; there is no child to try it on`);
  }
}

const cpuShare = 0.05;
const busySeconds = 1;
/** One period of the quota, one burst, and what had run before the first look. */
const cpuTolerance = 0.05;
/** What a virtual machine's host takes from a program while it runs counts as its use: that doesn't come up each time. */
const cpuTries = 3;

export async function lookAtCpu(patient: Patient): Promise<Finding> {
  const found = await kept(patient, 'cpu');
  if (isFinding(found)) return found;
  const lack = await untriable(patient, found);
  if (lack !== undefined) return lack;
  for (let tries = 1; ; tries += 1) {
    const program = await (await patient.programs()).start('for (;;);', customary({ cpu: cpuShare }));
    while (program.state !== 'running' && program.state !== 'ended') await delay(5);
    const began = performance.now();
    await delay(busySeconds * 1000);
    program.stop('it was only tried');
    const { usage, message, reason } = await program.outcome;
    if (reason !== 'stopped') return missing(`a busy program ended so: ${message}`);
    // Not the time that was asked for: on a busy host the timer is late.
    const seconds = (performance.now() - began) / 1000;
    const seen = `${found.mechanism}: a busy loop held to ${cpuShare} of a core for ${seconds.toFixed(1)} s got ${usage.cpuSeconds.toFixed(3)} s`;
    if (usage.cpuSeconds <= (cpuShare + cpuTolerance) * seconds) return enforced(seen);
    if (tries === cpuTries) return missing(seen);
  }
}

/** The kernel counts in pages. */
const memoryTolerance = 1.02;

export async function lookAtMemory(patient: Patient): Promise<Finding> {
  const found = await kept(patient, 'memory');
  if (isFinding(found)) return found;
  const lack = await untriable(patient, found);
  if (lack !== undefined) return lack;
  const limits = customary();
  const hog = 'const kept = []; for (;;) kept.push(new Uint8Array(100000).fill(1));';
  const { reason, limit, message, usage } = await (await patient.programs()).run(hog, limits);
  const allowed = limits.limits.memory ?? 0;
  if (reason !== 'limit' || limit?.resource !== 'memory') return missing(`a hog ended so: ${message}`);
  const seen = `${found.mechanism}: a hog was ended at ${usage.memoryPeakBytes} of its ${allowed} bytes`;
  return usage.memoryPeakBytes <= allowed * memoryTolerance ? enforced(seen) : missing(seen);
}

export async function lookAtProcesses(patient: Patient): Promise<Finding> {
  const found = await kept(patient, 'processes');
  if (isFinding(found)) return found;
  const lack = await untriable(patient, found);
  if (lack !== undefined) return lack;
  if ((await patient.limiter()).lack !== undefined) return enforced(`${found.mechanism}: ${found.accuracy}`);
  const { pid } = await patient.canary();
  const { processes, memoryBytes } = (await patient.group()).usage();
  if (processes !== 1) return missing(`the group of canary ${pid} counts ${processes} processes`);
  return enforced(`${found.mechanism}: the canary's group counts its one process, and ${memoryBytes} bytes of its own`);
}

const starts = 5;

/** Whether a program runs, which is what all of this is for; and how fast. */
export async function lookAtStart(patient: Patient): Promise<Finding> {
  const programs = await patient.programs();
  const times: number[] = [];
  for (let start = 0; start <= starts; start++) {
    const outcome = await programs.run('log(6 * 7)', customary());
    if (outcome.reason !== 'exited') return missingBecause(outcome.message);
    // The first waits for its zygote.
    if (start > 0) times.push(startTime(outcome));
  }
  times.sort((a, b) => a - b);
  const median = times[starts >> 1] ?? Number.NaN;
  return enforced(`a program ran to its end; ${median.toFixed(1)} ms from the fork request to its first instruction`);
}

function startTime({ timings: { queued, firstInstruction } }: Outcome): number {
  return (firstInstruction ?? Number.NaN) - (queued ?? 0);
}

/** Some quota of each class. */
const quotas = { small: 15_000_000, medium: 100_000_000, large: 400_000_000 } as const;

export async function lookAtMemoryClasses(patient: Patient): Promise<Finding> {
  const programs = await patient.programs();
  const seen = await Promise.all(
    memoryClasses.map(async ({ name }) => {
      const { reason, message } = await programs.run('log(6 * 7)', customary({ memory: quotas[name] }));
      return { name, ran: reason === 'exited', message };
    }),
  );
  const refused = seen.filter(({ ran }) => !ran);
  const told = seen.filter(({ ran }) => ran).map(({ name }) => `${name} (${quotas[name] / 1e6} MB)`);
  if (refused.length === 0) return enforced(`a program ran in each: ${told.join(', ')}`);
  const why = refused.map(({ name, message }) => `${name}: ${message}`).join('; ');
  return weaker(`ran: ${told.join(', ') || 'none'}; not: ${why}`, 'give the host, or its cgroup, more memory');
}
