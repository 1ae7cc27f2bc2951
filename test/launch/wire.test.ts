import { readFileSync } from 'node:fs';
import t from 'tap';
import {
  decodeReply,
  encodeFork,
  encodeMemory,
  encodeSetup,
  encodeSignal,
  mostJoinFiles,
  wireVersion,
} from '../../supervisor/launch/wire.js';

const header = readFileSync(new URL('../../../seccomp/native/wire.h', import.meta.url), 'utf8');
const constant = (name: string): number => Number(new RegExp(`${name} = (\\w+)`).exec(header)?.[1]);

t.test('both ends of the control protocol agree', async (t) => {
  t.equal(constant('WIRE_VERSION'), wireVersion);
  t.equal(constant('MAX_JOIN_FILES'), mostJoinFiles);
  t.match(header, /sizeof\(struct setup_message\) == 16/);
  t.match(header, /sizeof\(struct request\) == 40/);
  t.match(header, /sizeof\(struct reply\) == 56/);
});

t.test('requests have a fixed size', async (t) => {
  const room = { heap: 5 << 20, data: Number.POSITIVE_INFINITY, buffers: 1 << 20 };
  const fork = encodeFork({ id: 7, uid: 1000, gid: 1001, joinFiles: 2, cloneInto: true, room });
  t.equal(fork.length, 40);
  t.same(new Uint32Array(fork.buffer), [1, 7, 1000, 1001, 2, 1, 5120, 0, 1024, 0]);
  t.same(new Uint32Array(encodeMemory(7, room).buffer), [3, 7, 0, 0, 0, 0, 5120, 0, 0, 0]);
  t.same(new Uint32Array(encodeSignal(7, 'SIGSTOP').buffer), [2, 7, 0, 0, 0, 0, 0, 0, 0, 19]);
  const none = { rootless: false, forgetBranches: false, largePages: false };
  t.equal(encodeSetup(1, new Uint8Array(24), none).length, 40);
  for (const [flag, bit] of [
    ['rootless', 1],
    ['forgetBranches', 2],
    ['largePages', 4],
  ] as const) {
    const setup = encodeSetup(7, new Uint8Array(8), { ...none, [flag]: true });
    t.same(new Uint32Array(setup.buffer, 0, 4), [wireVersion, 7, 8, bit], flag);
  }
  t.throws(() => encodeSetup(1, new Uint8Array(12), none), RangeError);
});

t.test('replies are decoded', async (t) => {
  const bytes = Buffer.alloc(56);
  bytes.writeUInt32LE(4, 0);
  bytes.writeUInt32LE(9, 4);
  bytes.writeInt32LE(1234, 8);
  bytes.writeInt32LE(0x7a00, 12);
  bytes.writeUInt32LE(3, 16);
  bytes.writeUInt32LE(1, 20);
  bytes.writeInt32LE(28, 24);
  bytes.writeUInt32LE(2, 28);
  bytes.writeDoubleLE(1.5, 32);
  bytes.writeDoubleLE(0.25, 40);
  bytes.writeDoubleLE(0.5, 48);
  t.same(decodeReply(bytes), {
    kind: 'ended',
    id: 9,
    pid: 1234,
    exitCode: 122,
    signal: null,
    lock: { state: 'failed', step: 1 },
    error: 'ENOSPC',
    bytes: 2048,
    time: 1500,
    cpuSeconds: 0.75,
  });
  bytes.writeInt32LE(31, 12);
  t.match(decodeReply(bytes), { exitCode: null, signal: 'SIGSYS' });
  bytes.writeInt32LE(63, 12);
  t.match(decodeReply(bytes), { signal: 'signal 63' });
});
