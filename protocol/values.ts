/**
 * What can cross the channel, and its encoding: one tag byte, then the payload, little-endian.
 *
 * Python's byte strings travel as `bytes` in JavaScript strings whose chars are all <= 0xff ("byte strings"): most guests
 * keep them so, and a latin-1 write is the cheapest conversion that V8 has. Floats are told from ints, for Python's sake.
 */
export type WireValue = null | boolean | number | string | WireFloat | WireText | Uint8Array | WireValue[] | WireDict;
/** A dict with byte-string keys. A class, so that a hostile `__proto__` key has nothing to reach. */
export class WireDict {
  constructor(readonly entries: ReadonlyArray<readonly [string, WireValue]>) {}
}
/** A Python float, which may hold an integral value. A bare `number` is an int. */
export class WireFloat {
  constructor(readonly value: number) {}
}
/** Text beyond latin-1, encoded as UTF-8; reports and messages use it. */
export class WireText {
  constructor(readonly text: string) {}
}
