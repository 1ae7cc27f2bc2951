/** What a job is told, byte by byte, and what is believed of it: on a Windows that keeps limits, one that only says so, one that refuses. */
import t from 'tap';
import { JobObjectInformation } from '../../../supervisor/platform/windows/constants.js';
import { hardCap, Job } from '../../../supervisor/platform/windows/job.js';
import { applyLimits, type JobLimits, type Kept, priorityOf } from '../../../supervisor/platform/windows/job-limits.js';
import { FakeWindows, type Manner } from './fake-windows.js';

const limits: JobLimits = {
  cpu: 0.25,
  processors: 4,
  memory: 300_000_000,
  userTime: 2.5,
  processes: 1,
  priority: priorityOf(undefined),
  uiRestrictions: true,
};

function apply(manner: Manner, changed: Partial<JobLimits> = {}): { kept: Kept; windows: FakeWindows } {
  const windows = new FakeWindows();
  windows.manner = manner;
  const job = new Job(windows.win32);
  const kept = applyLimits(job, { ...limits, ...changed });
  job.close();
  return { kept, windows };
}

t.test('the bytes of every limit', async (t) => {
  const { windows } = apply('keeps');
  const told = new Map(windows.set.map(({ information, bytes }) => [information, bytes]));
  const extended = Buffer.alloc(144);
  // KILL_ON_JOB_CLOSE, DIE_ON_UNHANDLED_EXCEPTION, JOB_MEMORY, PROCESS_MEMORY, PRIORITY_CLASS, ACTIVE_PROCESS, JOB_TIME; no BREAKAWAY.
  extended.writeUInt32LE(0x2000 + 0x400 + 0x200 + 0x100 + 0x20 + 0x8 + 0x4, 16);
  // In units of 100 ns; the limit of each process, before it, is none.
  extended.writeBigInt64LE(25_000_000n, 8);
  extended.writeUInt32LE(1, 40);
  extended.writeUInt32LE(0x20, 56);
  // In whole pages: Windows reads it back so.
  extended.writeBigUInt64LE(73_242n * 4096n, 112);
  extended.writeBigUInt64LE(73_242n * 4096n, 120);
  t.same(told.get(9), extended, 'JobObjectExtendedLimitInformation');
  // ENABLE and HARD_CAP; a quarter of a core is a sixteenth of four.
  t.same(told.get(15), Buffer.from([5, 0, 0, 0, 625 & 255, 625 >> 8, 0, 0]), 'JobObjectCpuRateControlInformation');
  t.same(told.get(4), Buffer.from([255, 0, 0, 0]), 'JobObjectBasicUIRestrictions');
  t.equal(told.size, 3);
});

t.test('the port is the job own', async (t) => {
  const windows = new FakeWindows();
  const job = new Job(windows.win32);
  job.listen();
  const [{ information, bytes } = t.fail() as never] = windows.set;
  t.equal(information, 7);
  t.equal(bytes.length, 16);
  t.equal(bytes.readBigUInt64LE(0), job.handle, 'the key');
  t.equal(windows.open.get(bytes.readBigUInt64LE(8)), 'port');
  job.close();
  job.close();
  t.same(windows.leaks(), []);
  t.throws(() => job.handle, /closed/);
});

t.test('a Windows that keeps limits is believed', async (t) => {
  for (const [limit, lack] of Object.entries(apply('keeps').kept)) t.equal(lack, undefined, limit);
});

t.test('one that only says so is not', async (t) => {
  const { kept } = apply('ignores');
  for (const [limit, lack] of Object.entries(kept)) t.match(lack, /does not read back/, limit);
});

t.test('one that refuses says why', async (t) => {
  const { kept } = apply('refuses');
  for (const [limit, lack] of Object.entries(kept))
    t.match(lack, /SetInformationJobObject failed with error ERROR_INVALID_PARAMETER/, limit);
});

t.test('each information class stands for itself', async (t) => {
  const windows = new FakeWindows();
  windows.manners.set(JobObjectInformation.CpuRateControl, 'ignores');
  const job = new Job(windows.win32);
  const { cpu, ...others } = applyLimits(job, limits);
  t.match(cpu, /read back/);
  for (const [limit, lack] of Object.entries(others)) t.equal(lack, undefined, limit);
  job.close();
});

t.test('a limit that reads back with another value is not kept', async (t) => {
  const windows = new FakeWindows();
  const job = new Job(windows.win32);
  const query = windows.win32.QueryInformationJobObject;
  const raised: typeof query = (handle, information, into, ...rest) => {
    const done = query(handle, information, into, ...rest);
    if (information === 9) (into as Buffer).writeBigUInt64LE(2n ** 40n, 120);
    if (information === 15) (into as Buffer).writeUInt32LE(10_000, 4);
    return done;
  };
  Object.assign(windows.win32, { QueryInformationJobObject: raised });
  const { memory, cpu, processes } = applyLimits(job, limits);
  t.match(memory, /read back/);
  t.match(cpu, /read back/);
  t.equal(processes, undefined);
  job.close();
});

t.test('a total of time reads back as it is, or with what was used', async (t) => {
  const readBack = (more: number, used: number, flags = 0) => {
    const windows = new FakeWindows();
    windows.accounted = used;
    const job = new Job(windows.win32);
    const query = windows.win32.QueryInformationJobObject;
    const changed: typeof query = (handle, information, into, ...rest) => {
      const done = query(handle, information, into, ...rest);
      if (information !== 9) return done;
      const bytes = into as Buffer;
      bytes.writeBigInt64LE(bytes.readBigInt64LE(8) + BigInt(Math.round(more * 1e7)), 8);
      bytes.writeUInt32LE(bytes.readUInt32LE(16) & ~flags, 16);
      return done;
    };
    Object.assign(windows.win32, { QueryInformationJobObject: changed });
    const { userTime } = applyLimits(job, limits);
    job.close();
    return userTime;
  };
  t.equal(readBack(0, 5), undefined);
  t.equal(readBack(5, 5), undefined, 'Windows adds what the processes have used');
  t.match(readBack(5.1, 5), /read back/, 'more than that is another limit');
  t.match(readBack(-0.1, 5), /read back/);
  t.match(readBack(0, 5, 0x4), /read back/, 'without its flag it is none');
});

t.test('a total of time that is used up, far away, or not wanted', async (t) => {
  const told = (userTime: number | undefined) => {
    const { kept, windows } = apply('keeps', { userTime });
    const { bytes } = windows.set.find(({ information }) => information === 9)!;
    return { ticks: bytes.readBigInt64LE(8), flag: bytes.readUInt32LE(16) & 0x4, lack: kept.userTime };
  };
  t.same(told(-3), { ticks: 1n, flag: 4, lack: undefined });
  t.same(told(1e300), { ticks: 2n ** 52n, flag: 4, lack: undefined });
  t.same(told(0.00000011), { ticks: 2n, flag: 4, lack: undefined }, 'never less than was asked');
  t.same(told(undefined), { ticks: 0n, flag: 0, lack: 'no total is wanted of it' });
});

t.test('what only polling is wanted for is not set', async (t) => {
  const { kept, windows } = apply('keeps', { cpu: undefined, memory: undefined });
  t.match(kept.cpu, /only polling/);
  t.match(kept.memory, /only polling/);
  t.same(windows.set.map(({ information }) => information).sort(), [4, 9]);
  t.equal(windows.set[0]!.bytes.readUInt32LE(16) & 0x300, 0, 'no memory flag');
});

t.test('in a job of its own the supervisor asks for no UI restrictions, and says so', async (t) => {
  const { kept, windows } = apply('keeps', { uiRestrictions: false });
  t.match(kept.userInterface, /do not nest/);
  t.notOk(windows.set.some(({ information }) => information === 4));
});

t.test('hard caps', async (t) => {
  const rates = [
    [1, 1],
    [0.1, 2],
    [8, 4],
    [1e-9, 64],
    [0.333, 3],
  ].map(([cores, all]) => hardCap(cores!, all!).CpuRate);
  t.same(rates, [10_000, 500, 10_000, 1, 1110]);
});

t.test('messages are read without waiting, a bounded number at once', async (t) => {
  const windows = new FakeWindows();
  const job = new Job(windows.win32);
  t.same(job.messages(), []);
  windows.messages.push(6, 10, 7, 4);
  t.same(job.messages(2), [6, 10]);
  t.same(job.messages(), [7, 4]);
  job.close();
});

t.test('priority classes by weight', async (t) => {
  t.same([undefined, 100, 99, 49, 1, 400].map(priorityOf), [0x20, 0x20, 0x4000, 0x40, 0x40, 0x20]);
});
