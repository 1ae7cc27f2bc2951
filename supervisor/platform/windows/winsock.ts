/** The functions of Winsock that we call, one to one. A SOCKET is a number here: Windows gives out small ones. */
import { type Koffi, loadKoffi } from './win32.js';

type Bytes = Uint8Array;

export interface Winsock {
  WSAStartup(version: number, data: Bytes): number;
  WSAGetLastError(): number;
  WSASocketW(family: number, type: number, protocol: number, info: null, group: number, flags: number): number;
  ioctlsocket(socket: number, command: number, value: Bytes): number;
  WSAIoctl(
    socket: number,
    code: number,
    input: Bytes,
    inputBytes: number,
    output: null,
    outputBytes: number,
    returned: Bytes,
    overlapped: null,
    routine: null,
  ): number;
  setsockopt(socket: number, level: number, name: number, value: Bytes, bytes: number): number;
  getsockopt(socket: number, level: number, name: number, value: Bytes, bytes: Bytes): number;
  bind(socket: number, address: Bytes, bytes: number): number;
  listen(socket: number, backlog: number): number;
  connect(socket: number, address: Bytes, bytes: number): number;
  accept(socket: number, address: Bytes, bytes: Bytes): number;
  select(ignored: number, readable: null, writable: Bytes, failed: Bytes, timeout: Bytes): number;
  send(socket: number, bytes: Bytes, count: number, flags: number): number;
  recv(socket: number, bytes: Bytes, count: number, flags: number): number;
  sendto(socket: number, bytes: Bytes, count: number, flags: number, address: Bytes, addressBytes: number): number;
  recvfrom(socket: number, bytes: Bytes, count: number, flags: number, address: Bytes, addressBytes: Bytes): number;
  getsockname(socket: number, address: Bytes, bytes: Bytes): number;
  closesocket(socket: number): number;
}

/** `s` is a SOCKET, `p` an address. */
const functions: Readonly<Record<keyof Winsock, readonly [result: string, parameters: string]>> = {
  WSAStartup: ['int32', 'int32 p'],
  WSAGetLastError: ['int32', ''],
  WSASocketW: ['s', 'int32 int32 int32 p uint32 uint32'],
  ioctlsocket: ['int32', 's int32 p'],
  WSAIoctl: ['int32', 's uint32 p uint32 p uint32 p p p'],
  setsockopt: ['int32', 's int32 int32 p int32'],
  getsockopt: ['int32', 's int32 int32 p p'],
  bind: ['int32', 's p int32'],
  listen: ['int32', 's int32'],
  connect: ['int32', 's p int32'],
  accept: ['s', 's p p'],
  select: ['int32', 'int32 p p p p'],
  send: ['int32', 's p int32 int32'],
  recv: ['int32', 's p int32 int32'],
  sendto: ['int32', 's p int32 int32 p int32'],
  recvfrom: ['int32', 's p int32 int32 p p'],
  getsockname: ['int32', 's p p'],
  closesocket: ['int32', 's'],
};

const types: Readonly<Record<string, string>> = { s: 'int64', p: 'void *' };

export function loadWinsock(koffi: Koffi = loadKoffi()): Winsock {
  const library = koffi.load('ws2_32.dll');
  const bound = Object.entries(functions).map(([name, [result, parameters]]) => {
    const list = parameters === '' ? [] : parameters.split(' ').map((type) => types[type] ?? type);
    return [name, library.func(name, types[result] ?? result, list)];
  });
  return Object.fromEntries(bound) as Winsock;
}
