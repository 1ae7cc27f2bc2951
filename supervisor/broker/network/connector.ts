/**
 * Waits for sockets that are connecting. Node has no way to wait for a descriptor of ours, so those that wait are asked in turn,
 * a bounded number at a time: programs that connect to nowhere cost the others nothing but a little of their own waiting.
 */
import type { SocketNative } from '../../../seccomp/native/addon.js';

/** Time between two looks: short at first, for a near peer; never longer than a far peer's own delay would hide. */
const firstMs = 1;
const longestMs = 5;
/** Sockets in one look; at a microsecond each. */
const looksAtOnce = 256;

type Settled = number | 'timeout' | 'cancelled';

interface Attempt {
  readonly fd: number;
  /** performance.now() after which it is over. */
  readonly deadline: number;
  readonly resolve: (result: Settled) => void;
}

export class Connector {
  /** Those that were looked at last are last. */
  private readonly attempts = new Map<number, Attempt>();
  private timer: NodeJS.Timeout | undefined;
  private delayMs = firstMs;

  constructor(private readonly sockets: () => SocketNative) {}

  /**
   * Resolves with 1 when the descriptor is connected, with a negated errno when that failed, or `timeout`. The descriptor stays the
   * caller's, who must not close it before.
   */
  wait(fd: number, timeoutMs: number): Promise<Settled> {
    return new Promise((resolve) => {
      this.attempts.set(fd, { fd, deadline: performance.now() + timeoutMs, resolve });
      this.delayMs = firstMs;
      this.lookLater();
    });
  }

  /** Lets whoever waits for it go on at once. */
  cancel(fd: number): void {
    const attempt = this.attempts.get(fd);
    if (attempt !== undefined) this.settle(attempt, 'cancelled');
  }

  private settle(attempt: Attempt, result: Settled): void {
    this.attempts.delete(attempt.fd);
    attempt.resolve(result);
  }

  private lookLater(): void {
    if (this.timer !== undefined || this.attempts.size === 0) return;
    this.timer = setTimeout(() => this.look(), this.delayMs);
  }

  private look(): void {
    this.timer = undefined;
    this.delayMs = Math.min(this.delayMs * 2, longestMs);
    const now = performance.now();
    let left = Math.min(looksAtOnce, this.attempts.size);
    for (const attempt of this.attempts.values()) {
      if (left === 0) break;
      left -= 1;
      this.attempts.delete(attempt.fd);
      const result = this.sockets().connected(attempt.fd);
      if (result !== 0) attempt.resolve(result);
      else if (now >= attempt.deadline) attempt.resolve('timeout');
      else this.attempts.set(attempt.fd, attempt);
    }
    this.lookLater();
  }
}
