/**
 * `repyard doctor`: sets up what programs would run in, by the same functions, and tries each layer on a canary: a child with the real
 * lock, seen from inside and from outside. Whether programs run here is no conclusion from that; some are run.
 */
import { release, type } from 'node:os';
import type { Enforcement } from '../outcome.js';
import type { Platform } from '../platform/platform.js';
import { lookAtAddon, lookAtEngine, lookAtOtherSystem, lookAtSystem, lookAtZygote } from './layers/basis.js';
import { lookAtCpu, lookAtMemory, lookAtMemoryClasses, lookAtProcesses, lookAtStart } from './layers/limits.js';
import {
  lookAtCapabilities,
  lookAtFilter,
  lookAtHardened,
  lookAtNamespaces,
  lookAtProcess,
  lookAtSpeculation,
  lookAtUid,
} from './layers/lock.js';
import { Patient, type PatientOptions } from './patient.js';
import {
  type DoctorReport,
  enforced,
  type Finding,
  type Layer,
  missing,
  missingBecause,
  untried,
  weaker,
} from './report.js';

export interface LayerLook {
  readonly name: string;
  /** Layers that must not be missing for this one to be tried. */
  readonly needs: readonly string[];
  readonly look: (patient: Patient) => Promise<Finding>;
}

const start = 'start';

/** Of Linux, in the order in which they are tried and told. */
export const layerLooks: readonly LayerLook[] = [
  { name: 'system', needs: [], look: lookAtSystem },
  { name: 'engine', needs: ['system'], look: lookAtEngine },
  { name: 'native addon', needs: ['system'], look: lookAtAddon },
  { name: 'zygote', needs: ['engine', 'native addon'], look: lookAtZygote },
  { name: 'namespaces', needs: ['zygote'], look: lookAtNamespaces },
  { name: 'uid', needs: ['zygote'], look: lookAtUid },
  { name: 'capabilities', needs: ['zygote'], look: lookAtCapabilities },
  { name: 'process', needs: ['zygote'], look: lookAtProcess },
  { name: 'seccomp', needs: ['zygote'], look: lookAtFilter },
  { name: 'cpu', needs: ['native addon'], look: lookAtCpu },
  { name: 'memory', needs: ['native addon'], look: lookAtMemory },
  { name: 'processes', needs: ['native addon'], look: lookAtProcesses },
  { name: start, needs: ['engine', 'native addon'], look: lookAtStart },
  { name: 'hardened', needs: ['zygote', start], look: lookAtHardened },
  { name: 'speculation', needs: ['hardened'], look: lookAtSpeculation },
  { name: 'memory classes', needs: [start], look: lookAtMemoryClasses },
];

/** Elsewhere the platform itself says what confines programs, and another way than zygotes starts them. */
function looksOf({ kind, layers }: Platform): readonly LayerLook[] {
  if (kind === 'linux') return layerLooks;
  return [
    { name: 'system', needs: [], look: lookAtOtherSystem },
    { name: 'engine', needs: ['system'], look: lookAtEngine },
    ...layers.map(
      (line): LayerLook => ({ name: line.resource, needs: [], look: async ({ options }) => toldBy(line, options) }),
    ),
    ...limitsOf[kind].map((name): LayerLook => ({ name, needs: [], look: (patient) => lookAtLimit(patient, name) })),
    { name: start, needs: ['engine'], look: lookAtStart },
    { name: 'memory classes', needs: [start], look: lookAtMemoryClasses },
  ];
}

/** What the limiters of other systems tell of, besides what the nanny keeps. */
const limitsOf = {
  windows: ['cpu', 'memory', 'processes', 'user interface'],
  other: ['cpu', 'memory', 'processes'],
} as const;

/** By a group of the limiter's, which on Windows has put a process into a job before it says anything. */
async function lookAtLimit(patient: Patient, resource: string): Promise<Finding> {
  const line = (await patient.group()).enforcement().find((each) => each.resource === resource);
  if (line === undefined) return missing(`nobody keeps this limit: ${(await patient.limiter()).mechanism} does not`);
  return toldBy(line, patient.options);
}

/** A line that is neither `enforced` nor `weaker` keeps programs from being run until the operator accepts it. */
function toldBy({ state, mechanism, accuracy }: Enforcement, { allowDegraded }: PatientOptions): Finding {
  const what = `${mechanism}: ${accuracy}`;
  if (state === 'enforced') return enforced(what);
  return allowDegraded || state === 'weaker' ? weaker(what) : missing(what, 'accept it: --allow-degraded');
}

export interface DoctorOptions extends PatientOptions {
  /** How long one layer may take before it counts as hung, and all of them together. */
  readonly layerMs?: number;
  readonly allMs?: number;
  /** What is looked at; tests give others. */
  readonly looks?: readonly LayerLook[];
  /** Ends the examination early: what wasn't looked at is untried. */
  readonly signal?: AbortSignal;
}

const releaseMs = 10_000;

/** Looks at everything, gives everything back, and tells. Never rejects: what goes wrong is a finding. */
export async function examine(options: DoctorOptions): Promise<DoctorReport> {
  const { layerMs = 60_000, allMs = 240_000, looks = looksOf(options.platform), signal } = options;
  const patient = new Patient(options);
  const deadline = performance.now() + allMs;
  const layers: Layer[] = [];
  for (const { name, needs, look } of looks) {
    const lacking = needs.find((need) => layers.some((layer) => layer.name === need && isLacking(layer)));
    const begun = performance.now();
    const left = Math.min(layerMs, deadline - begun);
    const finding: Finding =
      lacking === undefined
        ? await bounded(() => look(patient), left, signal)
        : untried(`it takes the layer ${lacking}`);
    layers.push({ name, ...finding, ms: Math.round(performance.now() - begun) });
  }
  const released = await bounded(async () => notReleased(await patient.release()), releaseMs);
  if (released !== undefined) layers.push({ name: 'clean-up', ...released, ms: 0 });
  return {
    version: 1,
    host: {
      system: type(),
      kernel: release(),
      architecture: process.arch,
      node: process.versions.node,
      uid: process.geteuid?.() ?? -1,
      allowDegraded: options.allowDegraded,
    },
    layers,
    runs: layers.some(({ name, state }) => name === start && state === 'enforced'),
  };
}

const isLacking = ({ state }: Finding): boolean => state === 'missing' || state === 'untried';

/** A layer that hangs is a finding too. */
async function bounded<F extends Finding | undefined>(
  look: () => Promise<F>,
  ms: number,
  signal?: AbortSignal,
): Promise<F | Finding> {
  const stopped = untried('the examination was stopped');
  if (signal?.aborted === true) return stopped;
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const aborted = new Promise<Finding>((resolve) => {
    onAbort = () => resolve(stopped);
    signal?.addEventListener('abort', onAbort);
  });
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () => resolve(missing(`no answer within ${(Math.max(ms, 0) / 1000).toFixed(1)} s: it hangs`)),
      ms,
    );
  });
  try {
    return await Promise.race([look(), late, aborted]);
  } catch (error) {
    return missingBecause(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function notReleased(failures: readonly unknown[]): Finding | undefined {
  return failures.length === 0 ? undefined : missingBecause(failures[0]);
}
