/**
 * One host, seen as three: by root, by root where cgroups are hidden, and by an ordinary user. Three different reports, each true: what
 * it says about programs is what `repyard run` then does, and nothing is left behind.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Ajv } from 'ajv';
import { execa } from 'execa';
import t, { type Test } from 'tap';
import { layerLooks } from '../../supervisor/doctor/doctor.js';
import type { DoctorReport, LayerState } from '../../supervisor/doctor/report.js';
import { doctorSchema } from '../../supervisor/doctor/schema.js';
import { command, limits, unable } from '../cli/repyard.js';
import { abandonedGroups, readLeftovers } from '../support/leftovers.js';

const validate = new Ajv().compile(doctorSchema());

/** How a command line is run as one of the hosts. */
type As = (...words: string[]) => readonly [file: string, args: readonly string[]];

const asRoot: As = (file, ...args) => [file!, args];
const withoutCgroups: As = (...words) => [
  'unshare',
  ['--mount', 'sh', '-c', 'mount -t tmpfs none /sys/fs/cgroup && exec "$@"', 'sh', ...words],
];
const ordinaryUid = 810_000_000 + process.pid;
const asOrdinaryUser: As = (...words) => [
  'setpriv',
  [`--reuid=${ordinaryUid}`, `--regid=${ordinaryUid}`, '--clear-groups', ...words],
];

const inherited = { PATH: process.env.PATH ?? '', NO_COLOR: '1' };

async function repyard(as: As, temporary: string, ...args: string[]) {
  const [file, words] = as(process.execPath, command, ...args);
  const env = { ...inherited, HOME: temporary, TMPDIR: temporary };
  return execa(file, words, { cwd: temporary, env, extendEnv: false, reject: false });
}

/** A directory that anybody may write to; tap's own is root's alone. */
function directoryFor(t: Test): string {
  const directory = mkdtempSync('/tmp/repyard-hosts-');
  chmodSync(directory, 0o777);
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The report; it leaves nothing, and `run` on the same host ends with the same exit status. */
async function reportOf(t: Test, as: As, ...options: string[]): Promise<DoctorReport> {
  const temporary = directoryFor(t);
  const groups = abandonedGroups();
  const { stdout, stderr, exitCode } = await repyard(as, temporary, 'doctor', '--json', ...options);
  t.equal(stderr, '');
  t.same(await readLeftovers(temporary, groups), { processes: [], groups: [], files: [] }, 'nothing is left');
  const report = JSON.parse(stdout) as DoctorReport;
  t.ok(validate(report), JSON.stringify(validate.errors));

  const directory = directoryFor(t);
  writeFileSync(join(directory, 'hello.js'), "log('hello\\n')");
  writeFileSync(join(directory, 'small.restrictions'), limits);
  const run = await repyard(as, directory, 'run', ...options, 'small.restrictions', 'hello.js');
  t.equal(exitCode, run.exitCode, `doctor and run agree: ${run.stderr}`);
  t.equal(report.runs, run.stdout === 'hello', 'and the report says so');
  return report;
}

/** Whether the examination has got so far. */
function hasZygote(pid: number): boolean {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.some((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('canary.js'));
}

const statesOf = ({ layers }: DoctorReport): Record<string, LayerState> =>
  Object.fromEntries(layers.map(({ name, state }) => [name, state]));
const fixesOf = ({ layers }: DoctorReport): string => layers.flatMap(({ fixes }) => fixes).join('\n');

/** What no host lacks that these tests run on. */
const lock = { namespaces: 'enforced', capabilities: 'enforced', process: 'enforced', seccomp: 'enforced' } as const;

t.test('three hosts', { skip: unable(), timeout: 800_000 }, async (t) => {
  await t.test('as root, everything is enforced', async (t) => {
    const report = await reportOf(t, asRoot);
    // Whether branches are forgotten is the kernel's and the processor's business.
    const { speculation, ...states } = statesOf(report);
    for (const [name, state] of Object.entries(states)) t.equal(state, 'enforced', name);
    t.match(speculation, /^(enforced|weaker)$/);
    t.equal(report.host.uid, 0);
    t.equal(report.layers.length, layerLooks.length);
  });

  await t.test('where cgroups are hidden, limits are missing, and the lock is not', async (t) => {
    const report = await reportOf(t, withoutCgroups);
    t.match(statesOf(report), { ...lock, uid: 'enforced', cpu: 'missing', memory: 'missing', start: 'missing' });
    t.match(fixesOf(report), /mount the cgroup file system/);
    t.equal(report.runs, false);
  });

  await t.test('where they are, and polling will do, limits are weaker', async (t) => {
    const report = await reportOf(t, withoutCgroups, '--allow-degraded');
    t.match(statesOf(report), { ...lock, cpu: 'weaker', memory: 'weaker', processes: 'enforced', start: 'enforced' });
    t.equal(report.runs, true);
  });

  await t.test('as an ordinary user, limits are missing and the uid is weaker', async (t) => {
    const report = await reportOf(t, asOrdinaryUser);
    t.match(statesOf(report), { ...lock, uid: 'weaker', cpu: 'missing', memory: 'missing', start: 'missing' });
    t.match(fixesOf(report), /as root/);
    t.equal(report.host.uid, ordinaryUid);
  });

  await t.test('it is stopped by Ctrl-C, and leaves nothing', async (t) => {
    const temporary = directoryFor(t);
    const groups = abandonedGroups();
    const [file, words] = asRoot(process.execPath, command, 'doctor');
    const child = execa(file, words, { env: { ...inherited, TMPDIR: temporary }, extendEnv: false, reject: false });
    while (!hasZygote(child.pid!)) await delay(20);
    child.kill('SIGINT');
    const { exitCode, stdout } = await child;
    t.equal(exitCode, 44);
    t.equal(stdout, '');
    t.same(await readLeftovers(temporary, groups), { processes: [], groups: [], files: [] });
  });
});
