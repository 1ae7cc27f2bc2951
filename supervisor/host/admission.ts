/** Whether the host can keep its promises to one more program. Pure: what is promised, and what there is, are given. */
import type { Capacity } from './capacity.js';
import type { HostPromise } from './promise.js';

export interface AdmissionOptions {
  /** Whether all programs' cpu limits together may exceed the cores. Default true: a limit is no reservation. */
  readonly overcommitCpu?: boolean;
}

export type Admission =
  | { readonly admitted: true }
  /** One sentence for each means that doesn't suffice: what, how much is promised already, what there is. */
  | { readonly admitted: false; readonly reasons: readonly string[] };

interface Means {
  readonly name: keyof HostPromise;
  readonly noun: string;
  /** What the supervisor, its zygotes and the rest of the host keep. */
  readonly reserve: number;
  /** Whether one program may ask for more than there is, and then gets all of it. RepyV2's files say `cpu 10`. */
  readonly capped: boolean;
  readonly mayOvercommit: boolean;
  readonly show: (value: number) => string;
}

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const means: readonly Means[] = [
  {
    name: 'cpu',
    noun: 'cores',
    reserve: 0,
    capped: true,
    mayOvercommit: true,
    show: (cores) => `${+cores.toFixed(3)}`,
  },
  { name: 'memory', noun: 'memory', reserve: 256 << 20, capped: false, mayOvercommit: false, show: mebibytes },
  { name: 'processes', noun: 'processes', reserve: 64, capped: false, mayOvercommit: false, show: String },
  { name: 'descriptors', noun: 'open files', reserve: 64, capped: false, mayOvercommit: false, show: String },
];

/** Twenty times 0.1 cores is 2.0000000000000004. */
const roundingError = 1e-9;

/** `running`: the promises to all programs that have not ended, also those that still wait for their start. */
export function admit(
  candidate: HostPromise,
  running: Iterable<HostPromise>,
  capacity: Capacity,
  { overcommitCpu = true }: AdmissionOptions = {},
): Admission {
  const promises = [...running];
  const reasons: string[] = [];
  for (const { name, noun, reserve, capped, mayOvercommit, show } of means) {
    if (mayOvercommit && overcommitCpu) continue;
    const { value, source } = capacity[name];
    const available = Math.max(0, value - reserve);
    const taken = (promise: HostPromise) => (capped ? Math.min(promise[name], available) : promise[name]);
    const promised = promises.reduce((sum, promise) => sum + taken(promise), 0);
    if (promised + taken(candidate) <= available + roundingError) continue;
    const kept = reserve > 0 ? ` less ${show(reserve)} kept for the supervisor` : '';
    reasons.push(
      `not enough ${noun}: it asks for ${show(candidate[name])}, ${show(promised)} are promised to ${promises.length} ` +
        `programs, and there are ${show(value)}${kept} (${source})`,
    );
  }
  return reasons.length === 0 ? { admitted: true } : { admitted: false, reasons };
}
