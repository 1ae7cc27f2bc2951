/** What a thread may wait for. Scheduling depends on nothing but this, so that it is tested directly. */
export interface Wait {
  /** Whether the thread can go on. Asked often; must be quick. */
  ready(now: number): boolean;
  /** When `ready` turns true by itself at the latest, in seconds of the host's clock; Infinity if only an event can do it. */
  readonly until: number;
}

/** A time of the host's clock. */
export class Until implements Wait {
  constructor(readonly until: number) {}

  ready(now: number): boolean {
    return now >= this.until;
  }
}

/** A condition that other threads or the supervisor make true. */
export class When implements Wait {
  readonly until = Number.POSITIVE_INFINITY;

  constructor(readonly ready: () => boolean) {}
}
