/** How a program's process is made: what Windows is told, and that nothing runs or stays when a step fails. */
import t from 'tap';
import { endOf } from '../../../supervisor/platform/windows/exit-status.js';
import { Job } from '../../../supervisor/platform/windows/job.js';
import { ChildProcess } from '../../../supervisor/platform/windows/process.js';
import {
  chooseTimes,
  committedBytes,
  HandleTimes,
  ListTimes,
} from '../../../supervisor/platform/windows/process-meter.js';
import { FakeWindows } from './fake-windows.js';

function stage() {
  const windows = new FakeWindows();
  const job = new Job(windows.win32);
  const create = () =>
    ChildProcess.create(windows.win32, {
      executable: 'C:\\Program Files\\engine.exe',
      args: ['--flag', 'a b'],
      environment: { SystemRoot: 'C:\\Windows' },
      directory: 'C:\\empty',
      token: 77n,
      job,
      stdio: [11n, 12n, 12n],
    });
  return { windows, job, create };
}

t.test('suspended, in its job, with its handles and no others', async (t) => {
  const { windows, job, create } = stage();
  const child = create();
  const [made] = windows.created;
  if (made === undefined) return t.fail('no process');
  t.equal(made.token, 77n);
  t.equal(made.application, 'C:\\Program Files\\engine.exe');
  t.equal(made.commandLine, '"C:\\Program Files\\engine.exe" --flag "a b"\0');
  t.equal(made.environment, 'SystemRoot=C:\\Windows\0\0');
  t.equal(made.directory, 'C:\\empty');
  t.equal(made.inherit, 1);
  // CREATE_SUSPENDED, CREATE_UNICODE_ENVIRONMENT, EXTENDED_STARTUPINFO_PRESENT, DETACHED_PROCESS; no CREATE_BREAKAWAY_FROM_JOB.
  t.equal(made.flags, 0x4 | 0x400 | 0x80000 | 0x8);
  t.equal(made.startup.length, 112);
  t.equal(made.startup.readUInt32LE(0), 112, 'cb');
  t.equal(made.startup.readUInt32LE(60), 0x100, 'STARTF_USESTDHANDLES');
  t.same(
    [80, 88, 96].map((at) => made.startup.readBigUInt64LE(at)),
    [11n, 12n, 12n],
  );
  const handles = made.attributes.get(0x20002)!;
  t.same([handles.length, handles.readBigUInt64LE(0), handles.readBigUInt64LE(8)], [16, 11n, 12n], 'each handle once');
  t.equal(made.attributes.get(0x2000d)!.readBigUInt64LE(), job.handle, 'the job');
  t.same(made.attributes.get(0x2000e), Buffer.from([1, 0, 0, 0]), 'no child processes');
  t.equal(made.attributes.get(0x20007)!.readBigUInt64LE(), (1n << 32n) | (1n << 48n) | (1n << 52n) | (1n << 56n));
  const process = windows.process(child.handle);
  t.notOk(process.running, 'not an instruction yet');
  child.begin();
  t.ok(process.running);
  t.equal(child.exitCode(), undefined);
  process.exitCode = 3;
  t.equal(child.exitCode(), 3);
  child.close();
  child.close();
  t.equal(child.exitCode(), 3, 'its code is known on');
  child.suspend();
  t.equal(process.suspensions, 0, 'what has gone is left alone');
  job.close();
  t.same(windows.leaks(), []);
});

t.test('a process that was not made in its job never runs', async (t) => {
  const { windows, job, create } = stage();
  windows.joins = false;
  t.throws(create, /not made in its job/);
  const [process] = windows.processes.values();
  t.notOk(process?.running);
  t.equal(process?.exitCode, 1);
  job.close();
  t.same(windows.leaks(), []);
});

t.test('suspending counts', async (t) => {
  const { windows, create } = stage();
  const child = create();
  child.begin();
  child.suspend();
  t.equal(windows.process(child.handle).suspensions, 1);
  child.resume();
  t.equal(windows.process(child.handle).suspensions, 0);
});

t.test("the caller's own times are not taken for a process'", async (t) => {
  const { windows, create } = stage();
  const child = create();
  const process = windows.process(child.handle);
  t.ok(chooseTimes(windows.win32, child.handle) instanceof HandleTimes);
  windows.confusesTimes = true;
  const times = chooseTimes(windows.win32, child.handle);
  t.ok(times instanceof ListTimes);
  process.cpu = 1.25;
  process.committed = 12_345_678;
  t.equal(committedBytes(windows.win32, child.handle), 12_345_678);
  t.equal(new HandleTimes(windows.win32).cpuSeconds(child.handle), windows.ownCpu);
  t.equal(times.cpuSeconds(child.handle, child.pid), 1.25);
  t.equal(times.cpuSeconds(child.handle, 1), undefined, 'a process that is not there');
});

t.test('one list of processes serves all who ask in a moment, however long it is', async (t) => {
  const { windows, create } = stage();
  const children = Array.from({ length: 1200 }, create);
  for (const [index, { handle }] of children.entries()) windows.process(handle).cpu = index;
  let now = 0;
  let lists = 0;
  const list = windows.win32.NtQuerySystemInformation;
  const counting: typeof list = (...args) => {
    lists += 1;
    return list(...args);
  };
  const times = new ListTimes({ ...windows.win32, NtQuerySystemInformation: counting }, () => now);
  for (const [index, { handle, pid }] of children.entries()) t.equal(times.cpuSeconds(handle, pid), index);
  t.equal(lists, 2, 'one was too long for the first buffer');
  now += 5;
  times.cpuSeconds(0n, 1000);
  t.equal(lists, 3);
});

t.test('how a process ended', async (t) => {
  t.same(endOf(0, false), { exitCode: 0, signal: null });
  t.same(endOf(137, true), { exitCode: null, signal: 'SIGKILL' });
  t.same(endOf(137, false), { exitCode: 137, signal: null }, 'its own exit code');
  t.same(endOf(5, true), { exitCode: 5, signal: null }, 'it had ended before');
  t.same(endOf(0xc0000005, false), { exitCode: null, signal: 'SIGSEGV' });
  t.same(endOf(0xc0000142, false), { exitCode: null, signal: '0xc0000142' });
});
