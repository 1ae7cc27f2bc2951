/**
 * The supervisor's sockets on Windows, as `SocketNative` promises: no call blocks, results below 0 are errnos, negated. What is sent
 * and received stays in Windows' buffers until it is asked for.
 */
import { constants } from 'node:os';
import type { SocketNative } from '../../../seccomp/native/addon.js';
import { AF_INET6, addressBytes, decodeAddress, encodeAddress } from './socket-address.js';
import { loadWinsock, type Winsock } from './winsock.js';
import { negatedErrno } from './winsock-errors.js';

const { errno } = constants;
const SOCK = { STREAM: 1, DGRAM: 2 } as const;
const IPPROTO = { TCP: 6, UDP: 17, IPV6: 41 } as const;
const SOL_SOCKET = 0xffff;
const SO = { SNDBUF: 0x1001, RCVBUF: 0x1002, ERROR: 0x1007 } as const;
const TCP_NODELAY = 1;
const IPV6_V6ONLY = 27;
const WSA_FLAG = { OVERLAPPED: 0x1, NO_HANDLE_INHERIT: 0x80 } as const;
/** _IOW('f', 126, u_long), as an int. */
const FIONBIO = 0x8004667e | 0;
/** Without it off, an earlier datagram that found nobody would show as an error of the next receive. */
const SIO_UDP_CONNRESET = 0x9800000c;
const MSG_PEEK = 2;
const version2 = 0x0202;
const wsaDataBytes = 512;

export class WindowsSockets implements SocketNative {
  private readonly peer = Buffer.alloc(addressBytes);
  private readonly length = Buffer.alloc(4);

  /** Throws when Winsock can't be used. */
  constructor(private readonly winsock: Winsock = loadWinsock()) {
    const code = winsock.WSAStartup(version2, Buffer.alloc(wsaDataBytes));
    if (code !== 0) throw new Error(`sockets can't be used: WSAStartup failed with error ${code}`);
  }

  open(stream: 0 | 1, buffers: number, host: string, port: number): number {
    if (!Number.isInteger(stream) || !Number.isInteger(buffers)) throw new TypeError('integers are needed');
    const local = encodeAddress(host, port);
    const family = local.readUInt16LE(0);
    const fd = this.create(family, stream === 1);
    if (fd < 0) return fd;
    // Not SO_REUSEADDR: on Windows that takes a port from whoever has it. A closed connection's port can be had again without.
    const failed =
      this.unblock(fd) ||
      (stream === 1 ? this.option(fd, IPPROTO.TCP, TCP_NODELAY, 1) : this.ignoreUnreachable(fd)) ||
      (buffers > 0 ? this.option(fd, SOL_SOCKET, SO.SNDBUF, buffers) : 0) ||
      (buffers > 0 ? this.option(fd, SOL_SOCKET, SO.RCVBUF, buffers) : 0) ||
      (family === AF_INET6 ? this.option(fd, IPPROTO.IPV6, IPV6_V6ONLY, 1) : 0) ||
      this.result(this.winsock.bind(fd, local, local.length));
    if (failed < 0) this.winsock.closesocket(fd);
    return failed < 0 ? failed : fd;
  }

  listen(fd: number, backlog: number): number {
    return this.result(this.winsock.listen(fd, backlog));
  }

  connect(fd: number, host: string, port: number): number {
    const remote = encodeAddress(host, port);
    const result = this.result(this.winsock.connect(integer(fd), remote, remote.length));
    return result === -errno.EAGAIN ? -errno.EINPROGRESS : result;
  }

  connected(fd: number): number {
    const [writable, failed] = [oneSocket(fd), oneSocket(fd)];
    const ready = this.result(this.winsock.select(0, null, writable, failed, Buffer.alloc(8)));
    if (ready <= 0) return ready;
    const error = Buffer.alloc(4);
    this.length.writeInt32LE(error.length);
    const asked = this.result(this.winsock.getsockopt(fd, SOL_SOCKET, SO.ERROR, error, this.length));
    if (asked < 0) return asked;
    const code = error.readInt32LE();
    if (code !== 0) return negatedErrno(code);
    // Ready and without an error: a failure that another reading has cleared must not pass for a connection.
    return failed.readUInt32LE() === 0 ? 1 : -errno.ECONNREFUSED;
  }

  accept(fd: number): number | [number, string, number] {
    this.length.writeInt32LE(addressBytes);
    const accepted = this.result(this.winsock.accept(integer(fd), this.peer, this.length));
    if (accepted < 0) return accepted;
    const failed = this.unblock(accepted);
    if (failed < 0) this.winsock.closesocket(accepted);
    return failed < 0 ? failed : [accepted, ...decodeAddress(this.peer)];
  }

  send(fd: number, bytes: Uint8Array, count: number): number {
    assertCount(bytes, count);
    if (this.winsock.recv(integer(fd), this.peer, 1, MSG_PEEK) === 0) return -errno.EPIPE;
    return this.result(this.winsock.send(fd, bytes, count, 0));
  }

  receive(fd: number, into: Uint8Array, most: number): number {
    assertCount(into, most);
    return this.result(this.winsock.recv(integer(fd), into, most, 0));
  }

  sendTo(fd: number, bytes: Uint8Array, count: number, host: string, port: number): number {
    assertCount(bytes, count);
    const remote = encodeAddress(host, port);
    return this.result(this.winsock.sendto(integer(fd), bytes, count, 0, remote, remote.length));
  }

  receiveFrom(fd: number, into: Uint8Array): number | [number, string, number] {
    assertCount(into, 0);
    this.length.writeInt32LE(addressBytes);
    const count = this.result(this.winsock.recvfrom(integer(fd), into, into.length, 0, this.peer, this.length));
    // What doesn't fit is lost, as on Linux, but Windows calls that an error.
    if (count < 0 && count !== -errno.EMSGSIZE) return count;
    return [count < 0 ? into.length : count, ...decodeAddress(this.peer)];
  }

  routeTo(host: string): number | [number, string, number] {
    const remote = encodeAddress(host, 80);
    const fd = this.create(remote.readUInt16LE(0), false);
    if (fd < 0) return fd;
    try {
      this.length.writeInt32LE(addressBytes);
      const failed =
        this.result(this.winsock.connect(fd, remote, remote.length)) ||
        this.result(this.winsock.getsockname(fd, this.peer, this.length));
      return failed < 0 ? failed : [0, decodeAddress(this.peer)[0], 0];
    } finally {
      this.winsock.closesocket(fd);
    }
  }

  close(fd: number): number {
    return this.result(this.winsock.closesocket(integer(fd)));
  }

  private create(family: number, stream: boolean): number {
    const flags = WSA_FLAG.OVERLAPPED | WSA_FLAG.NO_HANDLE_INHERIT;
    const [type, protocol] = stream ? [SOCK.STREAM, IPPROTO.TCP] : [SOCK.DGRAM, IPPROTO.UDP];
    return this.result(this.winsock.WSASocketW(family, type, protocol, null, 0, flags));
  }

  private unblock(fd: number): number {
    const on = Buffer.from([1, 0, 0, 0]);
    return this.result(this.winsock.ioctlsocket(fd, FIONBIO, on));
  }

  private ignoreUnreachable(fd: number): number {
    const off = Buffer.alloc(4);
    const returned = Buffer.alloc(4);
    return this.result(this.winsock.WSAIoctl(fd, SIO_UDP_CONNRESET, off, 4, null, 0, returned, null, null));
  }

  private option(fd: number, level: number, name: number, value: number): number {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return this.result(this.winsock.setsockopt(fd, level, name, bytes, bytes.length));
  }

  private result(returned: number): number {
    return returned < 0 ? negatedErrno(this.winsock.WSAGetLastError()) : returned;
  }
}

/** fd_set: a count, then SOCKETs at a multiple of 8. */
function oneSocket(fd: number): Buffer {
  const set = Buffer.alloc(16);
  set.writeUInt32LE(1);
  set.writeBigInt64LE(BigInt(integer(fd)), 8);
  return set;
}

function integer(value: number): number {
  if (!Number.isInteger(value)) throw new TypeError('an integer is needed');
  return value;
}

function assertCount(bytes: Uint8Array, count: number): void {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('a Uint8Array is needed');
  if (!(Number.isInteger(count) && count >= 0 && count <= bytes.length)) {
    throw new TypeError('more bytes than the array has');
  }
}
