/**
 * What one program has used of what it may use: renewable resources (rates), countable ones, and ports. RepyV2's nanny.
 * cpu, memory and disk are kept elsewhere: by the operating system and by the broker's disk account.
 */
import { RepyError } from '../../protocol/exceptions.js';
import { actionAt } from '../../restrictions/extensions.js';
import { resources } from '../../restrictions/resources.js';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { LimitFault } from './faults.js';
import { LeakyBucket } from './leaky-bucket.js';
import { hostPulse, type Pulse } from './pulse.js';

type Entry = (typeof resources)[number];
/** The rates that calls are charged to. */
export type RateName = Exclude<Extract<Entry, { kind: 'rate' }>['name'], 'cpu'>;
export type CountName = Extract<Entry, { kind: 'count' }>['name'];
export type PortName = Extract<Entry, { kind: 'port' }>['name'];

const isRate = (entry: Entry): entry is Entry & { name: RateName } => entry.kind === 'rate' && entry.name !== 'cpu';
const isCount = (entry: Entry): entry is Entry & { name: CountName } => entry.kind === 'count';

export const rateNames: readonly RateName[] = resources.filter(isRate).map((entry) => entry.name);
export const countNames: readonly CountName[] = resources.filter(isCount).map((entry) => entry.name);
export const portNames: readonly PortName[] = ['messport', 'connport'];

const exhausted = (name: string) => new RepyError('ResourceExhaustedError', `Resource '${name}' limit exceeded!!`);

export class Nanny {
  private allowed: Restrictions;
  private readonly buckets: ReadonlyMap<string, LeakyBucket>;
  private readonly counts = new Map<CountName, number>(countNames.map((name) => [name, 0]));
  private readonly ports: Readonly<Record<PortName, Set<number>>> = { messport: new Set(), connport: new Set() };

  constructor(restrictions: Restrictions, pulse: Pulse = hostPulse) {
    this.allowed = restrictions;
    this.buckets = new Map(
      rateNames.map((name) => [name, new LeakyBucket(name, restrictions.limits[name] ?? 0, pulse)]),
    );
  }

  get restrictions(): Restrictions {
    return this.allowed;
  }

  /**
   * Charges a rate: see `LeakyBucket.charge`. A rate whose limit is 0 ends the program even for a charge of nothing, where
   * RepyV2 raised InternalRepyError (or, by a mistake, an IndexError that the program could catch). Where the policy wants another
   * action than to wait, throws ResourceExhaustedError or LimitFault instead of waiting.
   */
  charge(rate: RateName, amount: number): Promise<void> | undefined {
    const bucket = this.bucket(rate);
    const action = actionAt(this.allowed, rate);
    if (action === 'wait') return bucket.charge(amount);
    const fits = bucket.chargeNow(amount);
    if (action === 'stop') {
      if (bucket.used > bucket.limit) throw this.fault(rate, bucket.used);
    } else if (!fits) {
      throw exhausted(rate);
    }
    return undefined;
  }

  /** Takes one item. Throws ResourceExhaustedError, or LimitFault where the policy wants it, when all are taken. */
  acquire(count: CountName): void {
    const used = this.count(count);
    if (!(used < this.limit(count))) {
      throw actionAt(this.allowed, count) === 'stop' ? this.fault(count, used + 1) : exhausted(count);
    }
    this.counts.set(count, used + 1);
  }

  /** Gives one item back. */
  release(count: CountName): void {
    const used = this.count(count);
    if (used === 0) throw new Error(`released ${count} that nobody held`);
    this.counts.set(count, used - 1);
  }

  /** Notes the use of a port. Throws ResourceForbiddenError when the program doesn't have it. */
  usePort(name: PortName, port: number): void {
    if (!this.allowed[name].has(port)) {
      throw new RepyError('ResourceForbiddenError', `Provided localport is not allowed! Port: ${port}`);
    }
    this.ports[name].add(port);
  }

  /** The limit of a rate or count. */
  limit(name: RateName | CountName): number {
    return this.allowed.limits[name] ?? 0;
  }

  /** Use as getresources() shows it: of a rate what is left in its bucket as of the last charge, of a count the items held. */
  used(name: RateName | CountName): number {
    return this.buckets.get(name)?.used ?? this.counts.get(name as CountName) ?? 0;
  }

  /** Ports that were used so far. */
  usedPorts(name: PortName): ReadonlySet<number> {
    return this.ports[name];
  }

  /** For the outcome: totals of the rates, current use of the counts. */
  tallies(): Record<string, number> {
    const tallies: Record<string, number> = {};
    for (const [name, bucket] of this.buckets) tallies[name] = bucket.total;
    for (const [name, used] of this.counts) tallies[name] = used;
    return tallies;
  }

  /** Sets new limits on the running program. What it holds beyond a lowered count stays; ports in use too. */
  change(restrictions: Restrictions): void {
    this.allowed = restrictions;
    for (const [name, bucket] of this.buckets) bucket.change(restrictions.limits[name] ?? 0);
  }

  /** Ends all waiting, those who wait are rejected with Cancelled; a later charge throws it where it would have to wait. */
  dispose(): void {
    for (const bucket of this.buckets.values()) bucket.dispose();
  }

  private fault(resource: RateName | CountName, used: number): LimitFault {
    return new LimitFault({ resource, allowed: this.limit(resource), used });
  }

  private bucket(rate: RateName): LeakyBucket {
    const bucket = this.buckets.get(rate);
    if (bucket === undefined) throw new Error(`no rate ${rate}`);
    return bucket;
  }

  private count(count: CountName): number {
    return this.counts.get(count) ?? 0;
  }
}
