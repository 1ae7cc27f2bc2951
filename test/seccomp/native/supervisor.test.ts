import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loadNative } from '../../../seccomp/native/addon.js';

const lacks = process.platform === 'linux' ? false : 'needs Linux';

t.test('native.supervisor', { skip: lacks }, async (t) => {
  const native = loadNative().supervisor;
  const directory = mkdtempSync(join(tmpdir(), 'repyard-native-'));
  t.teardown(() => rmSync(directory, { recursive: true }));

  await t.test('socketPair connects two sockets', async (t) => {
    const [a, b] = native.socketPair();
    writeSync(a, 'there');
    const buffer = Buffer.alloc(10);
    t.equal(buffer.toString('utf8', 0, readSync(b, buffer)), 'there');
    native.close(a);
    native.close(b);
    t.throws(() => native.close(a), { code: 'EBADF' });
  });

  await t.test('sendWithFds says false when the socket is full and keeps messages whole', async (t) => {
    const [a, b] = native.socketPair();
    const message = new Uint8Array(1000);
    let sent = 0;
    while (native.sendWithFds(a, message, [a])) sent++;
    t.ok(sent > 10);
    // Descriptors in flight end with the sockets.
    native.close(a);
    native.close(b);
  });

  await t.test('sendWithFds refuses what it can not send', async (t) => {
    const [a, b] = native.socketPair();
    const byte = new Uint8Array(1);
    t.throws(() => native.sendWithFds(a, byte, [9999]), { code: 'EBADF' });
    t.throws(() => native.sendWithFds(a, new Uint8Array(0), []), TypeError);
    t.throws(() => native.sendWithFds(a, new Uint8Array(4097), []), TypeError);
    t.throws(() => native.sendWithFds(a, byte, Array(9).fill(a)), TypeError);
    t.throws(() => native.sendWithFds(1.5, byte, []), TypeError);
    t.throws(() => native.sendWithFds(a, 'text' as unknown as Uint8Array, []), TypeError);
    native.close(b);
    t.throws(() => native.sendWithFds(a, byte, []), { code: 'EPIPE' });
    native.close(a);
  });

  await t.test('lockFile locks once, until it is closed', async (t) => {
    const path = join(directory, 'lock');
    const first = native.lockFile(path);
    t.type(first, 'number');
    t.equal(statSync(path).mode & 0o777, 0o600);
    t.equal(native.lockFile(path), null);
    native.close(first as number);
    const again = native.lockFile(path);
    t.type(again, 'number');
    native.close(again as number);
    t.throws(() => native.lockFile(join(directory, 'no', 'lock')), { code: 'ENOENT' });
    t.throws(() => native.lockFile('with\0zero'), TypeError);
    symlinkSync(path, join(directory, 'link'));
    t.throws(() => native.lockFile(join(directory, 'link')), { code: 'ELOOP' });
  });

  await t.test('openDirectory opens directories only', async (t) => {
    const fd = native.openDirectory(directory);
    t.ok(fstatSync(fd).isDirectory());
    native.close(fd);
    t.throws(() => native.openDirectory(join(directory, 'lock')), { code: 'ENOTDIR' });
    symlinkSync(directory, join(directory, 'self'));
    t.throws(() => native.openDirectory(join(directory, 'self')), { code: 'ENOTDIR' });
  });

  await t.test('descriptors are closed in programs that the supervisor runs', async (t) => {
    const [a, b] = native.socketPair();
    const flags = (fd: number): string => {
      const info = openSync(`/proc/self/fdinfo/${fd}`, 'r');
      const buffer = Buffer.alloc(200);
      const text = buffer.toString('utf8', 0, readSync(info, buffer));
      closeSync(info);
      return text;
    };
    for (const fd of [a, b]) t.match(flags(fd), /^flags:\s+02\d{6}$/m, 'O_CLOEXEC');
    native.close(a);
    native.close(b);
  });

  await t.test('the steps of the lock have names, the filter after every change of rights', async (t) => {
    const steps = native.lockSteps;
    t.ok(steps.indexOf('load the seccomp filter') > steps.indexOf('capset'));
    t.equal(steps.at(-1), 'unmap the reports');
  });
});

t.test('native.zygote works in a zygote only', { skip: lacks }, async (t) => {
  t.throws(() => loadNative().zygote.setUp(), { message: "the shim isn't preloaded" });
});
