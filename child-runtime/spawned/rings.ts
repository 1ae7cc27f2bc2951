/**
 * Memory that the two threads of a spawned child share: a ring of bytes each way, and a few words. The pump owns the descriptors, the
 * guest's thread has only this. Positions count bytes and wrap at 2^32; a ring's size is a power of two.
 *
 * `Atomics` is taken now: the guest's thread loses its globals.
 */
const { add, load, notify, store, wait, waitAsync } = Atomics as typeof Atomics & {
  waitAsync(cells: Int32Array, index: number, value: number): { async: boolean; value: Promise<unknown> | string };
};

/** Bytes of each ring: room for a frame of ordinary size; a longer one passes in parts. */
export const ringBytes = 256 << 10;

enum Word {
  /** Counts what the pump did: the guest's thread waits for it to change. */
  pumped,
  /** Counts what the guest's thread did: the pump waits for it. */
  acted,
  /** Bytes written to and read from the ring towards the guest, and the ring away from it. */
  inWritten,
  inRead,
  outWritten,
  outRead,
  /** Whether the pump has bytes that didn't fit. */
  inWaits,
  /** 1 + the exit code that the guest's thread ends the process with. */
  exit,
  ready,
  count,
}

const headBytes = Word.count * Int32Array.BYTES_PER_ELEMENT;

export const sharedBytes = headBytes + 2 * ringBytes;

class Ring {
  private readonly bytes: Uint8Array;

  constructor(
    memory: SharedArrayBuffer,
    offset: number,
    private readonly words: Int32Array,
    private readonly written: Word,
    private readonly taken: Word,
  ) {
    this.bytes = new Uint8Array(memory, offset, ringBytes);
  }

  get used(): number {
    return (load(this.words, this.written) - load(this.words, this.taken)) >>> 0;
  }

  /** Copies as much of `from` as there is room for; returns how much. */
  put(from: Uint8Array, offset: number, length: number): number {
    const count = Math.min(length, ringBytes - this.used);
    if (count === 0) return 0;
    const at = load(this.words, this.written) & (ringBytes - 1);
    const first = Math.min(count, ringBytes - at);
    this.bytes.set(from.subarray(offset, offset + first), at);
    if (count > first) this.bytes.set(from.subarray(offset + first, offset + count), 0);
    add(this.words, this.written, count);
    return count;
  }

  /** Moves at most `length` bytes to `into`; returns how many. */
  take(into: Uint8Array, offset: number, length: number): number {
    const count = Math.min(length, this.used);
    if (count === 0) return 0;
    const at = load(this.words, this.taken) & (ringBytes - 1);
    const first = Math.min(count, ringBytes - at);
    into.set(this.bytes.subarray(at, at + first), offset);
    if (count > first) into.set(this.bytes.subarray(0, count - first), offset + first);
    add(this.words, this.taken, count);
    return count;
  }
}

export class Rings {
  readonly towardsGuest: Ring;
  readonly fromGuest: Ring;
  private readonly words: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory, 0, Word.count);
    this.towardsGuest = new Ring(memory, headBytes, this.words, Word.inWritten, Word.inRead);
    this.fromGuest = new Ring(memory, headBytes + ringBytes, this.words, Word.outWritten, Word.outRead);
  }

  /** Guest's thread: what `untilPumped` waits to see changed. Read it before looking at the rings. */
  get pumped(): number {
    return load(this.words, Word.pumped);
  }

  /** Guest's thread: blocks until the pump has done something since `seen`, or for `timeoutMs`. */
  untilPumped(seen: number, timeoutMs: number): void {
    wait(this.words, Word.pumped, seen, timeoutMs);
  }

  /** Guest's thread: there is something for the pump. */
  act(): void {
    add(this.words, Word.acted, 1);
    notify(this.words, Word.acted);
  }

  /** Guest's thread: it has read; the pump is told if it waits for room. */
  hasRead(): void {
    if (load(this.words, Word.inWaits) !== 0) this.act();
  }

  set ready(ready: boolean) {
    store(this.words, Word.ready, Number(ready));
    this.act();
  }

  get ready(): boolean {
    return load(this.words, Word.ready) !== 0;
  }

  /** The guest's thread has nothing more to do, and the process is to end when all that it wrote has left. */
  endWith(code: number): never {
    store(this.words, Word.exit, code + 1);
    this.act();
    for (;;) wait(this.words, Word.ready, 1);
  }

  /** The code, or undefined. */
  get exitCode(): number | undefined {
    const word = load(this.words, Word.exit);
    return word === 0 ? undefined : word - 1;
  }

  /** Pump: what `untilActed` waits to see changed. */
  get acted(): number {
    return load(this.words, Word.acted);
  }

  /** Pump: resolves when the guest's thread has done something since `seen`. */
  async untilActed(seen: number): Promise<void> {
    await waitAsync(this.words, Word.acted, seen).value;
  }

  /** Pump: the guest's thread may go on. `waiting`: whether there is more than fitted. */
  pump(waiting: boolean): void {
    store(this.words, Word.inWaits, Number(waiting));
    add(this.words, Word.pumped, 1);
    notify(this.words, Word.pumped);
  }
}
