/**
 * What `repyard doctor` runs in place of the child runtime: a child that is locked like any other and tells what it sees, or makes the
 * system calls that it is told to. One JSON array a line each way: `["see"]`, `["call", number, ...arguments]`.
 */
import process from 'node:process';
import type { ChildNative } from '../seccomp/native/addon.js';
import { loadProbe } from '../seccomp/native/probe.js';

const probe = loadProbe();
const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function prepare(): void {}

type Order = readonly ['see'] | readonly ['call', number, ...(number | string)[]];

/** What a canary answers to `see`. */
export interface CanarySight {
  /** The engine's version, without a `v`. */
  readonly engine: string;
  /** Whether it has WebAssembly, as engines with compilers have. */
  readonly compiles: boolean;
}

function obey(order: Order): CanarySight | number {
  if (order[0] === 'call') {
    const [, number, ...args] = order;
    return probe.call(number, ...args);
  }
  return { engine: process.versions.node, compiles: 'WebAssembly' in globalThis };
}

export function runChild(native: ChildNative): never {
  const bytes = new Uint8Array(4096);
  for (let text = ''; ; ) {
    const end = text.indexOf('\n');
    if (end < 0) {
      text += decoder.decode(bytes.subarray(0, native.read(bytes, 0, bytes.length)));
      continue;
    }
    const answer = encoder.encode(`${JSON.stringify(obey(JSON.parse(text.slice(0, end)) as Order))}\n`);
    text = text.slice(end + 1);
    for (let sent = 0; sent < answer.length; ) sent += native.write(answer, sent, answer.length - sent);
  }
}
