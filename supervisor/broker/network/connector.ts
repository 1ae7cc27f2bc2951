/** Waits for sockets that are connecting. Node has no way to wait for a descriptor of ours, so the few that wait are asked in turn. */
import type { SocketNative } from '../../../seccomp/native/addon.js';

/** Time between two looks: short at first, for a near peer; never longer than a far peer's own delay would hide. */
const firstMs = 1;
const longestMs = 5;

interface Attempt {
  readonly fd: number;
  /** performance.now() after which it is over. */
  readonly deadline: number;
  settle(result: number | 'timeout' | 'cancelled'): void;
}

export class Connector {
  private readonly attempts = new Set<Attempt>();
  private timer: NodeJS.Timeout | undefined;
  private delayMs = firstMs;

  constructor(private readonly sockets: () => SocketNative) {}

  /**
   * Resolves with 1 when the descriptor is connected, with a negated errno when that failed, or `timeout`. The descriptor stays the
   * caller's, who must not close it before `cancel`.
   */
  wait(fd: number, timeoutMs: number): Promise<number | 'timeout' | 'cancelled'> {
    return new Promise((resolve) => {
      const attempt: Attempt = {
        fd,
        deadline: performance.now() + timeoutMs,
        settle: (result) => {
          this.attempts.delete(attempt);
          resolve(result);
        },
      };
      this.attempts.add(attempt);
      this.delayMs = firstMs;
      this.lookLater();
    });
  }

  cancel(fd: number): void {
    for (const attempt of this.attempts) if (attempt.fd === fd) attempt.settle('cancelled');
  }

  private lookLater(): void {
    if (this.timer !== undefined || this.attempts.size === 0) return;
    this.timer = setTimeout(() => this.look(), this.delayMs);
  }

  private look(): void {
    this.timer = undefined;
    this.delayMs = Math.min(this.delayMs * 2, longestMs);
    const now = performance.now();
    for (const attempt of this.attempts) {
      const result = this.sockets().connected(attempt.fd);
      if (result !== 0) attempt.settle(result);
      else if (now >= attempt.deadline) attempt.settle('timeout');
    }
    this.lookLater();
  }
}
