import { randomFill } from 'node:crypto';
import { promisify } from 'node:util';
import { readLatin1 } from '../../protocol/buffer-strings.js';
import { type Maybe, then } from './maybe.js';

const fill = promisify<Buffer, Buffer>(randomFill);
const poolBytes = 64 << 10;

/**
 * Random bytes of the operating system, drawn ahead by the thread pool: one draw serves 64 calls. No byte is given out twice,
 * and what was given out is wiped.
 */
export class RandomPool {
  private ready: Buffer = Buffer.alloc(0);
  private at = 0;
  private filling: Promise<void> | undefined;

  /** `bytes` <= 65536 random bytes as a byte string. */
  take(bytes: number): Maybe<string> {
    if (this.at + bytes > this.ready.length) return then(this.refill(), () => this.take(bytes));
    const start = this.at;
    this.at += bytes;
    const taken = readLatin1(this.ready, start, this.at);
    this.ready.fill(0, start, this.at);
    return taken;
  }

  private refill(): Promise<void> {
    this.filling ??= fill(Buffer.allocUnsafeSlow(poolBytes)).then(
      (fresh) => {
        this.ready = fresh;
        this.at = 0;
        this.filling = undefined;
      },
      (error: unknown) => {
        this.filling = undefined;
        throw error;
      },
    );
    return this.filling;
  }
}

/** Shared by all programs: it holds nothing of any of them. */
export const randomPool = new RandomPool();
