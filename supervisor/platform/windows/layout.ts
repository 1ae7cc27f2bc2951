/**
 * Where a structure's members are, and its bytes. By the x64 rule: each member at a multiple of its own size (for a structure: of its
 * largest member's), the whole rounded up to the largest.
 */
import { type Decoded, type MemberType, type StructureName, structures, type Values } from './structures.js';

interface Extent {
  readonly size: number;
  readonly alignment: number;
}

export interface Layout extends Extent {
  readonly offsets: ReadonlyMap<string, { readonly offset: number; readonly type: MemberType }>;
}

const scalars: Readonly<Record<string, number>> = { uint8: 1, uint16: 2, uint32: 4, int32: 4, uint64: 8, int64: 8 };
const layouts = new Map<StructureName, Layout>();

export function layoutOf(name: StructureName): Layout {
  const known = layouts.get(name) ?? compute(name);
  layouts.set(name, known);
  return known;
}

export const sizeOf = (name: StructureName): number => layoutOf(name).size;

/** The structure's bytes; members that `values` leaves out are 0. */
export function encode<Name extends StructureName>(name: Name, values: Values<Name>): Buffer {
  const bytes = Buffer.alloc(sizeOf(name));
  fill(bytes, 0, name, values as Record<string, unknown>);
  return bytes;
}

/** Reads the structure that begins at `at`. Throws RangeError when the bytes are too few. */
export function decode<Name extends StructureName>(name: Name, bytes: Buffer, at = 0): Decoded<Name> {
  const read: Record<string, unknown> = {};
  for (const [member, { offset, type }] of layoutOf(name).offsets) {
    read[member] = isStructure(type) ? decode(type, bytes, at + offset) : readScalar(bytes, at + offset, type);
  }
  return read as Decoded<Name>;
}

function compute(name: StructureName): Layout {
  const offsets = new Map<string, { offset: number; type: MemberType }>();
  let end = 0;
  let largest = 1;
  for (const [member, type] of Object.entries(structures[name]) as [string, MemberType][]) {
    const { size, alignment } = extentOf(type);
    const offset = roundUp(end, alignment);
    offsets.set(member, { offset, type });
    end = offset + size;
    largest = Math.max(largest, alignment);
  }
  return { size: roundUp(end, largest), alignment: largest, offsets };
}

function extentOf(type: MemberType): Extent {
  if (isStructure(type)) return layoutOf(type);
  const size = scalars[type]!;
  return { size, alignment: size };
}

function fill(bytes: Buffer, at: number, name: StructureName, values: Record<string, unknown>): void {
  const { offsets } = layoutOf(name);
  for (const [member, value] of Object.entries(values)) {
    const place = offsets.get(member);
    if (place === undefined) throw new TypeError(`${name} has no member ${member}`);
    if (isStructure(place.type)) fill(bytes, at + place.offset, place.type, value as Record<string, unknown>);
    else writeScalar(bytes, at + place.offset, place.type, value as number | bigint);
  }
}

function writeScalar(bytes: Buffer, at: number, type: MemberType, value: number | bigint): void {
  if (type === 'uint64') bytes.writeBigUInt64LE(BigInt(value), at);
  else if (type === 'int64') bytes.writeBigInt64LE(BigInt(value), at);
  else if (type === 'int32') bytes.writeInt32LE(Number(value), at);
  else bytes.writeUIntLE(Number(value), at, scalars[type]!);
}

function readScalar(bytes: Buffer, at: number, type: MemberType): number {
  if (type === 'uint64') return Number(bytes.readBigUInt64LE(at));
  if (type === 'int64') return Number(bytes.readBigInt64LE(at));
  if (type === 'int32') return bytes.readInt32LE(at);
  return bytes.readUIntLE(at, scalars[type]!);
}

const isStructure = (type: MemberType): type is StructureName => type in structures;
const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;
