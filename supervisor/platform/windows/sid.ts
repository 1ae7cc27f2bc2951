/** Security identifiers as bytes and as text (`S-1-16-4096`). Source: Microsoft, [MS-DTYP] 2.4.2. */
import type { Win32 } from './win32.js';

/** Low mandatory level. */
export const lowIntegrity = 'S-1-16-4096';

/** Groups whose rights a program keeps: reading the system's libraries and the engine takes them. */
export const mayStay: ReadonlySet<string> = new Set([
  // Everyone
  'S-1-1-0',
  // Users
  'S-1-5-32-545',
]);

const most = 15;

export function sidBytes(text: string): Buffer {
  const parts = text.split('-').slice(1).map(Number);
  const [revision = Number.NaN, authority = Number.NaN, ...rest] = parts;
  if (!text.startsWith('S-') || parts.some((part) => !Number.isInteger(part)) || rest.length > most) {
    throw new TypeError(`not a security identifier: ${text}`);
  }
  const bytes = Buffer.alloc(8 + 4 * rest.length);
  bytes.writeUInt8(revision, 0);
  bytes.writeUInt8(rest.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  for (const [index, part] of rest.entries()) bytes.writeUInt32LE(part, 8 + 4 * index);
  return bytes;
}

/** Reads the identifier at an address that Windows gave us. */
export function sidText(win32: Pick<Win32, 'copyFrom'>, address: bigint): string {
  const head = win32.copyFrom(address, 8);
  const count = Math.min(head.readUInt8(1), most);
  const parts = win32.copyFrom(address + 8n, 4 * count);
  const rest = Array.from({ length: count }, (_, index) => parts.readUInt32LE(4 * index));
  return ['S', head.readUInt8(0), head.readUIntBE(2, 6), ...rest].join('-');
}
