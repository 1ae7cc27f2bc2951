import t from 'tap';
import type { Restrictions } from '../../restrictions/restrictions.js';
import { type Admission, type AdmissionOptions, admit } from '../../supervisor/host/admission.js';
import type { Capacity } from '../../supervisor/host/capacity.js';
import { type HostPromise, promiseOf } from '../../supervisor/host/promise.js';

const MiB = 2 ** 20;

const capacity: Capacity = {
  cpu: { value: 2, source: 'this host' },
  memory: { value: 1024 * MiB, source: '/sys/fs/cgroup/yard/memory.max' },
  processes: { value: 100, source: 'kernel.pid_max' },
  descriptors: { value: 400, source: "the supervisor's limit of open files" },
};

const small: HostPromise = { cpu: 0.1, memory: 15_000_000, processes: 1, descriptors: 12 };
const times = (count: number, promise: HostPromise) => Array.from({ length: count }, () => promise);

interface Row {
  readonly what: string;
  readonly candidate: HostPromise;
  readonly running: readonly HostPromise[];
  readonly options?: AdmissionOptions;
  /** A pattern for each reason; none when it is admitted. */
  readonly refused: readonly RegExp[];
}

const noOvercommit = { overcommitCpu: false };

const rows: readonly Row[] = [
  { what: 'the first', candidate: small, running: [], refused: [] },
  { what: 'more cores than there are, alone', candidate: { ...small, cpu: 10 }, running: [], refused: [] },
  {
    what: 'more cores than there are, without overcommit: as many as there are',
    candidate: { ...small, cpu: 10 },
    running: [],
    options: noOvercommit,
    refused: [],
  },
  { what: 'cpu over and over', candidate: { ...small, cpu: 2 }, running: times(20, { ...small, cpu: 2 }), refused: [] },
  {
    what: 'cpu over, forbidden',
    candidate: { ...small, cpu: 1 },
    running: times(1, { ...small, cpu: 10 }),
    options: noOvercommit,
    refused: [/^not enough cores: it asks for 1, 2 are promised to 1 programs, and there are 2 \(this host\)$/],
  },
  { what: 'exactly all cores', candidate: small, running: times(19, small), options: noOvercommit, refused: [] },
  { what: 'exactly all memory', candidate: { ...small, memory: 768 * MiB }, running: [], refused: [] },
  {
    what: 'one byte more',
    candidate: { ...small, memory: 768 * MiB + 1 },
    running: [],
    refused: [
      /^not enough memory: it asks for 768\.0 MiB, 0\.0 MiB .* 1024\.0 MiB less 256\.0 MiB kept .*memory\.max\)$/,
    ],
  },
  {
    what: 'memory that others were promised',
    candidate: { ...small, memory: 200 * MiB },
    running: times(3, { ...small, memory: 200 * MiB }),
    refused: [/600\.0 MiB are promised to 3 programs/],
  },
  {
    what: 'processes',
    candidate: { ...small, descriptors: 1 },
    running: times(36, { ...small, descriptors: 1 }),
    refused: [/^not enough processes: it asks for 1, 36 .* 100 less 64 kept for the supervisor \(kernel.pid_max\)$/],
  },
  { what: 'open files', candidate: small, running: times(28, small), refused: [/^not enough open files/] },
  {
    what: 'several means at once, each named',
    candidate: { cpu: 3, memory: 2000 * MiB, processes: 1, descriptors: 1000 },
    running: times(2, { ...small, cpu: 1 }),
    options: noOvercommit,
    refused: [/cores/, /memory/, /open files/],
  },
];

t.test('who fits', (t) => {
  for (const { what, candidate, running, options, refused } of rows) {
    const admission: Admission = admit(candidate, running, capacity, options);
    t.equal(admission.admitted, refused.length === 0, what);
    const reasons = admission.admitted ? [] : admission.reasons;
    t.equal(reasons.length, refused.length, `${what}: reasons`);
    refused.forEach((pattern, index) => {
      t.match(reasons[index], pattern);
    });
  }
  t.end();
});

t.test('a host that says nothing refuses nothing', (t) => {
  const unknown = { value: Number.POSITIVE_INFINITY, source: 'this host' };
  const vague: Capacity = { cpu: unknown, memory: unknown, processes: unknown, descriptors: unknown };
  t.ok(admit({ ...small, cpu: 64 }, times(5000, small), vague, noOvercommit).admitted);
  t.end();
});

t.test('a host smaller than what is kept has room for nothing', (t) => {
  const tiny = { ...capacity, memory: { value: 100 * MiB, source: 'this host' } };
  t.notOk(admit(small, [], tiny).admitted);
  t.end();
});

t.test("a promise is read from the program's restrictions", (t) => {
  const restrictions: Restrictions = {
    limits: { cpu: 0.25, memory: 15_000_000, filesopened: 5, insockets: 2, outsockets: 3 },
    messport: new Set(),
    connport: new Set(),
    allowDegraded: false,
    calls: [],
  };
  t.same(promiseOf(restrictions), { cpu: 0.25, memory: 15_000_000, processes: 1, descriptors: 22 });
  t.same(promiseOf({ ...restrictions, limits: {} }), { cpu: 0, memory: 0, processes: 1, descriptors: 12 });
  t.end();
});
