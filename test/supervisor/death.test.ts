/** Sudden deaths on the trusted side: nothing survives that should not, and every program still gets its outcome. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { Supervisor } from '../../supervisor/index.js';
import { until } from '../support/patience.js';
import { openYard } from '../support/yard.js';

const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
const parentOf = (pid: number) => Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

interface Group {
  readonly path: string;
  readonly inode: string;
}
const isThere = ({ path, inode }: Group) =>
  String(statSync(path, { bigint: true, throwIfNoEntry: false })?.ino) === inode;

t.test('when a zygote is killed, each of its guests gets an outcome, and the next start works', async (t) => {
  const yard = await openYard();
  t.teardown(() => yard.close());
  const idle = await Promise.all(Array.from({ length: 3 }, () => yard.start('await sleep(60);')));
  await yard.running(idle);
  const pids = idle.map((program) => program.status().pid!);
  process.kill(parentOf(pids[0]!), 'SIGKILL');
  for (const program of idle) t.match(await program.outcome, { reason: 'supervisor', message: /zygote/ });
  for (const pid of pids) t.notOk(isAlive(pid), `child ${pid} is gone`);
  t.equal(await yard.output(`log('again')`), 'again');
});

t.test('a supervisor that is killed leaves no process, and the next one removes its cgroups', async (t) => {
  const script = fileURLToPath(new URL('./doomed-supervisor.js', import.meta.url));
  // A killed supervisor can't remove its programs' directories.
  const env = { TMPDIR: t.testdir() };
  const doomed = execa(process.execPath, [script], { reject: false, stderr: 'inherit', env });
  const [line] = (await once(doomed.stdout, 'data')) as [Buffer];
  const { pids, groups } = JSON.parse(line.toString()) as { pids: number[]; groups: Group[] };
  t.ok(pids.length >= 3 && pids.every(isAlive), 'two guests and their zygote are running');
  t.ok(groups.length > 0 && groups.every(isThere), 'their groups exist');
  t.ok(
    groups.every(({ path }) => readdirSync(path).length > 0),
    'as directories of the kernel',
  );

  doomed.kill('SIGKILL');
  await doomed;
  t.ok(await until(() => !pids.some(isAlive)), 'no process is left');

  const yard = await openYard();
  t.equal(await yard.output(`log('next')`), 'next');
  await yard.close();
  // Tests run beside each other: another one's supervisor may be at it, and who finds it there leaves it to that.
  const removed = async () => {
    await (await Supervisor.open()).close();
    return !groups.some(isThere);
  };
  t.ok(!groups.some(isThere) || (await until(removed)), 'their groups are removed');
});
