/** Winsock's addresses and errors, and what it is told; a real one is met by `make test-windows`. */
import { constants } from 'node:os';
import t from 'tap';
import { decodeAddress, encodeAddress } from '../../../supervisor/platform/windows/socket-address.js';
import { WindowsSockets } from '../../../supervisor/platform/windows/sockets.js';
import type { Winsock } from '../../../supervisor/platform/windows/winsock.js';
import { negatedErrno } from '../../../supervisor/platform/windows/winsock-errors.js';

const { errno } = constants;

t.test('addresses as bytes', async (t) => {
  t.equal(encodeAddress('10.1.2.3', 63_100).toString('hex'), `0200${'f67c'}0a010203${'00'.repeat(8)}`);
  const v6 = (host: string) => encodeAddress(host, 1).subarray(8, 24).toString('hex');
  t.equal(encodeAddress('::1', 80).toString('hex'), `17000050${'00'.repeat(4)}${'00'.repeat(15)}01${'00'.repeat(4)}`);
  t.equal(v6('2001:db8::5:6'), '20010db8000000000000000000050006');
  t.equal(v6('::ffff:1.2.3.4'), '00000000000000000000ffff01020304');
  t.equal(v6('1:2:3:4:5:6:7:8'), '00010002000300040005000600070008');
  t.equal(v6('fe80::'), 'fe800000000000000000000000000000');
  t.equal(v6('::'), '0'.repeat(32));
  for (const host of ['0.0.0.0', '255.1.2.3', '::', '::1', '2001:db8::5:6', '1:2:3:4:5:6:7:8']) {
    const bytes = Buffer.alloc(28);
    encodeAddress(host, 12_345).copy(bytes);
    t.same(decodeAddress(bytes), [host, 12_345]);
  }
  for (const host of ['localhost', '1.2.3', '1.2.3.4\0', 'fe80::1%eth0', '', null, 4]) {
    t.throws(() => encodeAddress(host as string, 1), TypeError, JSON.stringify(host));
  }
  for (const port of [-1, 65_536, 1.5, '80', undefined]) {
    t.throws(() => encodeAddress('1.2.3.4', port as number), TypeError, String(port));
  }
});

t.test('errors have the names that the broker knows', async (t) => {
  t.equal(negatedErrno(10035), -errno.EAGAIN);
  t.equal(negatedErrno(10048), -errno.EADDRINUSE);
  t.equal(negatedErrno(10038), -errno.EBADF);
  t.equal(negatedErrno(4711), -errno.EIO);
});

/** A Winsock that answers as the test says, and records its calls. */
function stage(answers: Partial<Record<keyof Winsock, number>>, error = 0) {
  const calls: { readonly name: string; readonly args: readonly unknown[] }[] = [];
  const winsock = new Proxy({} as Winsock, {
    get:
      (_target, name: keyof Winsock) =>
      (...args: unknown[]) => {
        if (name === 'WSAGetLastError') return error;
        calls.push({
          name,
          args: args.map((arg) => (arg instanceof Uint8Array ? Buffer.from(arg).toString('hex') : arg)),
        });
        return answers[name] ?? 0;
      },
  });
  return { sockets: new WindowsSockets(winsock), calls };
}

t.test('a socket is bound, waits for nothing, and is nobody else to take', async (t) => {
  const { sockets, calls } = stage({ WSASocketW: 100 });
  t.equal(sockets.open(1, 10_000, '::1', 80), 100);
  t.same(
    calls.map(({ name }) => name),
    ['WSAStartup', 'WSASocketW', 'ioctlsocket', 'setsockopt', 'setsockopt', 'setsockopt', 'setsockopt', 'bind'],
  );
  t.same(calls[1]!.args, [23, 1, 6, null, 0, 0x81]);
  t.same(calls[2]!.args, [100, -2147195266, '01000000']);
  t.same(
    calls.slice(3, 7).map(({ args }) => args.slice(1, 3)),
    [
      [6, 1],
      [0xffff, 0x1001],
      [0xffff, 0x1002],
      [41, 27],
    ],
  );
  t.notOk(
    calls.some(({ name, args }) => name === 'setsockopt' && args[1] === 0xffff && args[2] === 4),
    'no SO_REUSEADDR',
  );
});

t.test('a socket that cannot be bound is closed', async (t) => {
  const { sockets, calls } = stage({ WSASocketW: 100, bind: -1 }, 10048);
  t.equal(sockets.open(0, 0, '127.0.0.1', 80), -errno.EADDRINUSE);
  t.same(calls.at(-1), { name: 'closesocket', args: [100] });
});

t.test('connecting and its end', async (t) => {
  t.equal(stage({ connect: -1 }, 10035).sockets.connect(5, '127.0.0.1', 80), -errno.EINPROGRESS);
  t.equal(stage({ connect: -1 }, 10061).sockets.connect(5, '127.0.0.1', 80), -errno.ECONNREFUSED);
  const waiting = stage({ select: 0 });
  t.equal(waiting.sockets.connected(5), 0);
  const set = '01000000000000000500000000000000';
  t.same(waiting.calls.at(-1), { name: 'select', args: [0, null, set, set, '00'.repeat(8)] });
});

t.test('a datagram that is too large for its reader is cut', async (t) => {
  const result = stage({ recvfrom: -1 }, 10040).sockets.receiveFrom(5, new Uint8Array(7));
  t.ok(Array.isArray(result) && result[0] === 7);
});
