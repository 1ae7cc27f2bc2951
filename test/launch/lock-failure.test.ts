import { closeSync, openSync } from 'node:fs';
import t from 'tap';
import { lacks, launcherFor, noDoor, smallMemory, streamOf } from './support.js';

const uid = 950_000_000 + process.pid;

t.test('a child that can not be locked', { skip: lacks }, async (t) => {
  const launcher = launcherFor(t);

  await t.test('ends before it reads anything when it can not join a cgroup', async (t) => {
    const full = openSync('/dev/full', 'w');
    const child = await launcher.launch({ memory: smallMemory, uid, door: { joinFiles: [full] } });
    closeSync(full);
    let said = 0;
    const stream = streamOf(child);
    stream.on('data', () => said++).on('error', () => {});
    stream.write('["ping"]\n');
    t.match(await child.ended, { exitCode: 122, lockFailure: 'join the cgroups: ENOSPC', zygoteDied: false });
    t.equal(said, 0);
  });

  await t.test('says which errno a read-only tasks file gives', async (t) => {
    const readOnly = openSync('/dev/null', 'r');
    const child = await launcher.launch({ memory: smallMemory, uid, door: { joinFiles: [readOnly] } });
    closeSync(readOnly);
    child.channel.on('error', () => {});
    t.match(await child.ended, { lockFailure: 'join the cgroups: EBADF' });
  });

  await t.test('is not forked at all with descriptors that are not open', async (t) => {
    const request = { memory: smallMemory, uid, door: { joinFiles: [9999] } };
    await t.rejects(launcher.launch(request), { code: 'NOT_FORKED', message: /Bad file descriptor/ });
  });

  await t.test('is not forked into what is no cgroup', async (t) => {
    const directory = openSync('/tmp', 'r');
    const request = { memory: smallMemory, uid, door: { joinFiles: [], cloneInto: directory } };
    await t.rejects(launcher.launch(request), { code: 'NOT_FORKED', message: /EBADF/ });
    closeSync(directory);
  });

  await t.test('is not asked for with what no child may have', async (t) => {
    for (const wrong of [{ uid: 0 }, { uid: 1.5 }, { uid: 2 ** 32 - 1 }, { memory: 0 }, { memory: Number.NaN }]) {
      const request = { memory: smallMemory, uid, door: noDoor, ...wrong };
      await t.rejects(launcher.launch(request), { code: 'BAD_REQUEST' }, JSON.stringify(wrong));
    }
    const joinFiles = [1, 1, 1, 1, 1];
    await t.rejects(launcher.launch({ memory: smallMemory, uid, door: { joinFiles } }), { code: 'BAD_REQUEST' });
  });
});

t.test('a filter', { skip: lacks }, async (t) => {
  await t.test('that the kernel refuses ends the child at that step', async (t) => {
    // Falls off its end: no return instruction.
    const launcher = launcherFor(t, { filter: new Uint8Array(8) });
    const child = await launcher.launch({ memory: smallMemory, uid, door: noDoor });
    child.channel.on('error', () => {});
    t.match(await child.ended, { lockFailure: 'load the seccomp filter: EINVAL' });
  });

  await t.test('that refuses everything ends the child too', async (t) => {
    // BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM: the last step fails, and so does every way to exit but a faulting instruction.
    const launcher = launcherFor(t, { filter: Uint8Array.of(6, 0, 0, 0, 1, 0, 5, 0) });
    const child = await launcher.launch({ memory: smallMemory, uid, door: noDoor });
    child.channel.on('error', () => {});
    t.match(await child.ended, { signal: 'SIGSEGV', lockFailure: 'unmap the reports: EPERM' });
  });

  await t.test('that kills at once does', async (t) => {
    // BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS
    const launcher = launcherFor(t, { filter: Uint8Array.of(6, 0, 0, 0, 0, 0, 0, 0x80) });
    const child = await launcher.launch({ memory: smallMemory, uid, door: noDoor });
    child.channel.on('error', () => {});
    t.match(await child.ended, { signal: 'SIGSYS' });
  });

  await t.test('of a wrong length starts no zygote', async (t) => {
    for (const length of [0, 7, 4097 * 8]) {
      const launcher = launcherFor(t, { filter: new Uint8Array(length) });
      await t.rejects(launcher.warm(smallMemory), { message: /a seccomp filter of/ });
    }
  });
});
