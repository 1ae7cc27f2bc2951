/** The tag byte of each kind of value, and how numbers are laid out: little-endian, whatever the host. */
export const tags = {
  null: 0,
  false: 1,
  true: 2,
  /** i32 */
  int32: 3,
  /** f64 that holds an int beyond i32, up to 2^53 */
  int: 4,
  /** f64 */
  float: 5,
  /** u32 length, latin-1 bytes */
  bytes: 6,
  /** u32 length, UTF-8 bytes */
  text: 7,
  /** u32 length, bytes; arrives as a Uint8Array */
  raw: 8,
  /** u32 count, values */
  list: 9,
  /** u32 count, pairs of (u32 length, latin-1 bytes) and value */
  dict: 10,
} as const;

export function writeU32(to: Uint8Array, at: number, value: number): void {
  to[at] = value;
  to[at + 1] = value >>> 8;
  to[at + 2] = value >>> 16;
  to[at + 3] = value >>> 24;
}

export function readU32(from: Uint8Array, at: number): number {
  return (from[at]! | (from[at + 1]! << 8) | (from[at + 2]! << 16) | (from[at + 3]! << 24)) >>> 0;
}
