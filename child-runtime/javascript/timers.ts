/** The program's timers, earliest first and in the order of their setting where equal: a binary heap. */
export interface Timer {
  /** In the host's seconds. */
  readonly due: number;
  readonly order: number;
  /** May run the guest's code, and throw what that throws. */
  readonly fire: () => void;
  /** Seconds between firings; undefined for a timer that fires once. */
  readonly interval: number | undefined;
}

const before = (a: Timer, b: Timer): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);

export class Timers {
  private readonly heap: Timer[] = [];
  private readonly cancelled = new Set<number>();
  private readonly waiting = new Set<number>();
  private lastOrder = 0;

  get pending(): number {
    return this.waiting.size;
  }

  /** Returns the number by which the timer can be cancelled. */
  add(due: number, fire: () => void, interval?: number): number {
    this.lastOrder += 1;
    this.waiting.add(this.lastOrder);
    this.rise({ due, order: this.lastOrder, fire, interval });
    return this.lastOrder;
  }

  cancel(order: unknown): void {
    if (this.waiting.delete(order as number)) this.cancelled.add(order as number);
  }

  /** When the next timer is due; Infinity without one. */
  next(): number {
    let top = this.heap[0];
    while (top !== undefined && this.cancelled.delete(top.order)) {
      this.removeTop();
      top = this.heap[0];
    }
    return top?.due ?? Number.POSITIVE_INFINITY;
  }

  /** The next timer if it is due at `now`; it is taken out, or set again when it repeats. */
  takeDue(now: number): Timer | undefined {
    if (this.next() > now) return undefined;
    const timer = this.heap[0];
    if (timer === undefined) return undefined;
    this.removeTop();
    if (timer.interval === undefined) this.waiting.delete(timer.order);
    else this.rise({ ...timer, due: now + timer.interval });
    return timer;
  }

  private rise(timer: Timer): void {
    const { heap } = this;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
  }

  private removeTop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
