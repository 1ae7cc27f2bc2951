import { randomFillSync } from 'node:crypto';
import { readLatin1 } from '../../protocol/buffer-strings.js';

/** A draw of this size takes about 20 us, and one less would need a promise and a thread for each. */
const poolBytes = 16 << 10;

/**
 * Random bytes of the host's generator, drawn ahead: one draw serves 16 calls. No byte is given out twice, and what was given out is
 * wiped.
 */
export class RandomPool {
  private readonly pool = Buffer.allocUnsafeSlow(poolBytes);
  private at = poolBytes;

  /** `bytes` <= 16384 random bytes as a byte string. */
  take(bytes: number): string {
    if (this.at + bytes > poolBytes) {
      randomFillSync(this.pool);
      this.at = 0;
    }
    const start = this.at;
    this.at += bytes;
    const taken = readLatin1(this.pool, start, this.at);
    this.pool.fill(0, start, this.at);
    return taken;
  }
}

/** Shared by all programs: it holds nothing of any of them. */
export const randomPool = new RandomPool();
