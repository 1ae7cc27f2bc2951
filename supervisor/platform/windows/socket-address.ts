/** sockaddr_in and sockaddr_in6 as bytes. Source: Microsoft's documentation of winsock.h and ws2ipdef.h. */
import { isIP, SocketAddress } from 'node:net';

export const AF_INET = 2;
export const AF_INET6 = 23;
/** sizeof(sockaddr_in6), the larger one. */
export const addressBytes = 28;
const v4Bytes = 16;

/** Throws TypeError for what is no numeric address, or no port. */
export function encodeAddress(host: string, port: number): Buffer {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new TypeError('a port is needed');
  const family = typeof host === 'string' && !host.includes('%') ? isIP(host) : 0;
  if (family === 0) throw new TypeError('a numeric address is needed');
  const bytes = Buffer.alloc(family === 4 ? v4Bytes : addressBytes);
  bytes.writeUInt16LE(family === 4 ? AF_INET : AF_INET6, 0);
  bytes.writeUInt16BE(port, 2);
  if (family === 4) bytes.set(host.split('.').map(Number), 4);
  else bytes.set(v6Bytes(host), 8);
  return bytes;
}

/** [host, port] */
export function decodeAddress(bytes: Buffer): [string, number] {
  const port = bytes.readUInt16BE(2);
  if (bytes.readUInt16LE(0) === AF_INET) return [bytes.subarray(4, 8).join('.'), port];
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(8 + 2 * index).toString(16));
  return [new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address, port];
}

/** `::ffff:1.2.3.4` and `1::2` in full. */
function v6Bytes(host: string): Buffer {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  const text = dotted === null ? host : `${dotted[1]}${pair(dotted[2]!, dotted[3]!)}:${pair(dotted[4]!, dotted[5]!)}`;
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  const bytes = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), 2 * index);
  return bytes;
}

const pair = (high: string, low: string): string => ((Number(high) << 8) | Number(low)).toString(16);
