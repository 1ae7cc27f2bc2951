import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { Guest, lacks, launcherFor, smallMemory } from './support.js';

const uid = 970_000_000 + process.pid;
const v1 = ['memory', 'cpu', 'cpuacct', 'pids'].map((controller) => `/sys/fs/cgroup/${controller}`);
const lacksV1 = lacks || (v1.every((path) => existsSync(`${path}/tasks`)) ? false : 'needs cgroup v1');
const v2 = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((path) => existsSync(`${path}/cgroup.controllers`));
const lacksV2 = lacks || (v2 === undefined ? 'needs cgroup v2' : false);

/** A group of our own under each parent, removed after the test. */
function groups(t: Test, parents: readonly string[]): string[] {
  return parents.map((parent) => {
    const path = `${parent}/repyard-test-launch-${process.pid}`;
    mkdirSync(path);
    t.teardown(() => rmdirSync(path));
    return path;
  });
}

t.test('a child joins cgroups by their tasks files before it is locked', { skip: lacksV1 }, async (t) => {
  const paths = groups(t, v1);
  const launcher = launcherFor(t);
  const joinFiles = paths.map((path) => openSync(`${path}/tasks`, 'w'));
  const guest = new Guest(await launcher.launch({ memory: smallMemory, uid, door: { joinFiles } }), uid);
  t.equal(await guest.ask('ping'), 'pong');
  for (const path of paths) t.equal(readFileSync(`${path}/tasks`, 'utf8').trim(), String(guest.child.pid), path);
  guest.child.signal('SIGKILL');
  await guest.child.ended;
  for (const path of paths)
    t.equal(readFileSync(`${path}/tasks`, 'utf8'), '', `${path} is empty when the ending is told`);
  for (const fd of joinFiles) closeSync(fd);
});

t.test('a child whose memory group has no room never runs its program', { skip: lacksV1 }, async (t) => {
  const [path = ''] = groups(t, ['/sys/fs/cgroup/memory']);
  const launcher = launcherFor(t);
  const tasks = openSync(`${path}/tasks`, 'w');
  // A group that may hold nothing: whatever the child touches after joining has no room.
  writeFileSync(`${path}/memory.limit_in_bytes`, '0');
  const child = await launcher.launch({ memory: smallMemory, uid, door: { joinFiles: [tasks] } });
  child.channel.on('error', () => {});
  t.match(await child.ended, { signal: 'SIGKILL', lockFailure: /ended by SIGKILL/ });
  closeSync(tasks);
});

t.test('a child is born in its cgroup v2 group', { skip: lacksV2 }, async (t) => {
  const [path = ''] = groups(t, [v2 ?? '']);
  const launcher = launcherFor(t);
  const directory = openSync(path, 'r');
  const door = { joinFiles: [], cloneInto: directory };
  const guest = new Guest(await launcher.launch({ memory: smallMemory, uid, door }), uid);
  t.equal(await guest.ask('ping'), 'pong');
  t.equal(readFileSync(`${path}/cgroup.procs`, 'utf8').trim(), String(guest.child.pid));
  t.equal(await guest.ask('garbage', 5000), 1000);
  guest.child.signal('SIGKILL');
  await guest.child.ended;
  t.equal(readFileSync(`${path}/cgroup.procs`, 'utf8'), '');
  closeSync(directory);
});
