/**
 * The control protocol between supervisor and zygote: fixed-size messages of little-endian fields. The other end is
 * seccomp/native/wire.h; both change together, with the version.
 */
import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import type { MemoryRoom } from './memory-classes.js';

export const wireVersion = 0x52590008;
export const replyBytes = 56;
/** Most tasks files that a child joins. */
export const mostJoinFiles = 4;
/** Most instructions of a seccomp filter that the kernel takes, 8 bytes each. */
const mostFilterBytes = 4096 * 8;

const requestKinds = { fork: 1, signal: 2, memory: 3 } as const;
const replyKinds = ['', 'ready', 'forked', 'notForked', 'ended', 'memory'] as const;
const lockStates = ['unused', 'running', 'done', 'failed'] as const;

export interface SetupFlags {
  /** The supervisor is an ordinary user, so the zygote's world is one of a user namespace. */
  readonly rootless: boolean;
  /** What children teach the processor about branches is forgotten whenever they give way to others. */
  readonly forgetBranches: boolean;
  /** Children have so much memory that they may take it in large pages. */
  readonly largePages: boolean;
}

export function encodeSetup(
  supervisor: number,
  filter: Uint8Array,
  { rootless, forgetBranches, largePages }: SetupFlags,
): Uint8Array {
  if (filter.length === 0 || filter.length % 8 !== 0 || filter.length > mostFilterBytes) {
    throw new RangeError(
      `a seccomp filter of ${filter.length} bytes: 8 to ${mostFilterBytes} are possible, 8 for each instruction`,
    );
  }
  const message = new Uint8Array(16 + filter.length);
  const flags = (rootless ? 1 : 0) | (forgetBranches ? 2 : 0) | (largePages ? 4 : 0);
  new Uint32Array(message.buffer, 0, 4).set([wireVersion, supervisor, filter.length, flags]);
  message.set(filter, 16);
  return message;
}

export interface ForkFields {
  readonly id: number;
  readonly uid: number;
  readonly gid: number;
  readonly joinFiles: number;
  readonly cloneInto: boolean;
  readonly room: MemoryRoom;
}

/** The descriptors go along in the order channel, tasks files, cgroup directory. */
export function encodeFork({ id, uid, gid, joinFiles, cloneInto, room }: ForkFields): Uint8Array {
  return request([
    requestKinds.fork,
    id,
    uid,
    gid,
    joinFiles,
    cloneInto ? 1 : 0,
    kib(room.heap),
    kib(room.data),
    kib(room.buffers),
    0,
  ]);
}

export function encodeSignal(id: number, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Uint8Array {
  return request([requestKinds.signal, id, 0, 0, 0, 0, 0, 0, 0, constants.signals[signal]]);
}

/** New room for a running child: what it is told, and what the kernel keeps of it. */
export function encodeMemory(id: number, { heap, data }: MemoryRoom): Uint8Array {
  return request([requestKinds.memory, id, 0, 0, 0, 0, kib(heap), kib(data), 0, 0]);
}

/** 0 means without limit, so a finite size is 1 at least. */
function kib(bytes: number): number {
  return Number.isFinite(bytes) ? Math.min(Math.max(Math.floor(bytes / 1024), 1), 0xffffffff) : 0;
}

function request(fields: readonly number[]): Uint8Array {
  return new Uint8Array(new Uint32Array(fields).buffer);
}

export interface Reply {
  readonly kind: (typeof replyKinds)[number];
  /** The child's; in `ready` the zygote's wire version. */
  readonly id: number;
  readonly pid: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly lock: { readonly state: (typeof lockStates)[number]; readonly step: number };
  /** Name of the errno of a failed fork, lock step or change of memory; empty otherwise. */
  readonly error: string;
  /** In `ended` the child's largest RSS, in `ready` the heap that every child inherits. */
  readonly bytes: number;
  /** CLOCK_MONOTONIC milliseconds. */
  readonly time: number;
  readonly cpuSeconds: number;
}

export function decodeReply(bytes: Buffer): Reply {
  const status = bytes.readInt32LE(12);
  const error = bytes.readInt32LE(24);
  return {
    kind: replyKinds[bytes.readUInt32LE(0)] ?? '',
    id: bytes.readUInt32LE(4),
    pid: bytes.readInt32LE(8),
    exitCode: (status & 0x7f) === 0 ? (status >> 8) & 0xff : null,
    signal: signalName(status & 0x7f),
    lock: { state: lockStates[bytes.readUInt32LE(16)] ?? 'unused', step: bytes.readUInt32LE(20) },
    error: error === 0 ? '' : getSystemErrorName(-error),
    bytes: bytes.readUInt32LE(28) * 1024,
    time: bytes.readDoubleLE(32) * 1000,
    cpuSeconds: bytes.readDoubleLE(40) + bytes.readDoubleLE(48),
  };
}

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number as number, name]));

function signalName(number: number): string | null {
  return number === 0 ? null : (signalNames.get(number) ?? `signal ${number}`);
}
