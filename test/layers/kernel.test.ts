/**
 * The kernel's layers taken away one after another, in copies of the project: native code that owns a child tries the same things each
 * time. What a layer stops, the next one stops when it is gone, until the last is gone and the attack succeeds.
 */
import '../support/untapped.js';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { constants } from 'node:os';
import t from 'tap';
import { buildNative, lack } from '../hostile/native/build.js';
import { type Argument, type Fate, OwnedChildren } from '../hostile/native/owned.js';
import { launcherFor } from '../launch/support.js';
import { type Edit, weakened } from './weakened.js';

const { EACCES, EAGAIN, ENETUNREACH, ENOENT, EPERM } = constants.errno;

/** BPF_RET | BPF_K, SECCOMP_RET_ALLOW */
const allowAll = Uint8Array.of(6, 0, 0, 0, 0, 0, 0xff, 0x7f);

/** The zygote enters no namespace and no root; it gives up its capabilities all the same. */
const noWorld: readonly Edit[] = [
  [
    'world.c',
    '    {"make namespaces", own_namespaces, false},          {"make mounts private", private_mounts, false},',
    '',
  ],
  [
    'world.c',
    '    {"mount an empty root", empty_mount, false},         {"enter the empty root", into_mount, false},',
    '',
  ],
  [
    'world.c',
    '    {"pivot_root", change_root, false},                  {"unmount the old root", leave_old_root, false},',
    '',
  ],
  ['world.c', '    {"make the root read-only", read_only_root, false},  {"chdir /", at_root, false},', ''],
  [
    'world.c',
    '    {"sethostname", neutral_name, false},                {"drop the bounding set", no_bounding_set, false},',
    '{"drop the bounding set", no_bounding_set, false},',
  ],
];
const noUid: readonly Edit[] = [
  ['lock.c', '    {"setgroups", drop_groups},', ''],
  ['lock.c', '    {"setresgid", change_gid},', ''],
  ['lock.c', '    {"setresuid", change_uid},', ''],
];
const noResourceLimits: readonly Edit[] = [['lock.c', '    {"set resource limits", limit_resources},', '']];

/** It worked: a descriptor, a pid, 0. */
const done = 'done';
type Expected = Fate | typeof done;

/** What it wants, the call, and what stops it: with every layer, and with one layer less each time. */
type Attempt = readonly [
  want: string,
  call: readonly [number: number, ...args: Argument[]],
  stopped: readonly [Expected, Expected, Expected, Expected, Expected],
];

/** Of x86-64. */
const numbers = {
  getpid: 39,
  socket: 41,
  fork: 57,
  kill: 62,
  ptrace: 101,
  setuid: 105,
  mount: 165,
  openat: 257,
  unshare: 272,
} as const;

t.test(
  'what stops an owned child',
  { skip: lack || (process.arch !== 'x64' && 'the numbers are those of x86-64'), timeout: 800_000 },
  async (t) => {
    const root = t.testdir({ secret: 'of root alone', readable: 'for everybody' });
    chmodSync(`${root}/secret`, 0o600);
    const listener = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    t.teardown(() => listener.close());
    const { port } = listener.address() as { port: number };
    const runtime = await buildNative(t.testdirName, 'owned.c');
    const { openat, setuid, kill, ptrace, unshare, mount } = numbers;
    const attempts = (sibling: number): readonly Attempt[] => [
      [
        'read a file that everybody may read',
        [openat, -100, `${root}/readable`, 0],
        [-ENOENT, -ENOENT, done, done, done],
      ],
      ['read a file of root', [openat, -100, `${root}/secret`, 0], [-ENOENT, -ENOENT, -EACCES, -EACCES, done]],
      ['write a file of root', [openat, -100, `${root}/secret`, 1], [-ENOENT, -ENOENT, -EACCES, -EACCES, done]],
      ['signal another child', [kill, sibling, 0], ['SIGSYS', -EPERM, -EPERM, -EPERM, done]],
      ['be root again', [setuid, 0], ['SIGSYS', -EPERM, -EPERM, -EPERM, done]],
      // These are stopped by layers that are never taken away here: dumpable, capabilities.
      ['trace another child', [ptrace, 16, sibling, 0, 0], ['SIGSYS', -EPERM, -EPERM, -EPERM, -EPERM]],
      ['make namespaces', [unshare, 0x40000000], ['SIGSYS', -EPERM, -EPERM, -EPERM, -EPERM]],
      ['mount', [mount, 'x', '/', 'tmpfs', 0, 0], ['SIGSYS', -EPERM, -EPERM, -EPERM, -EPERM]],
    ];
    const rungs: readonly (readonly [name: string, edits: readonly Edit[], filter?: Uint8Array])[] = [
      ['with every layer', []],
      ['without the filter', [], allowAll],
      ['without namespaces either', noWorld, allowAll],
      ['without resource limits either', [...noWorld, ...noResourceLimits], allowAll],
      ['without a uid of its own either', [...noWorld, ...noResourceLimits, ...noUid], allowAll],
    ];
    for (const [rung, [name, edits, filter]] of rungs.entries()) {
      await t.test(name, async (t) => {
        const launcher =
          edits.length === 0
            ? launcherFor(t, { runtime, ...(filter && { filter }) })
            : (await weakened(t.testdir(), edits)).createLauncher({
                runtime,
                filters: { jit: allowAll, hardened: allowAll },
              });
        t.teardown(() => launcher.close());
        const [owned, sibling] = [new OwnedChildren(launcher), new OwnedChildren(launcher)];
        const siblingPid = (await sibling.child()).pid;
        const expect = (want: string, fate: Fate, expected: Expected) =>
          t.ok(expected === done ? typeof fate === 'number' && fate >= 0 : fate === expected, `${want}: ${expected}`, {
            fate,
          });

        for (const [want, [number, ...args], stopped] of attempts(siblingPid))
          expect(want, await owned.call(number, ...args), stopped[rung]!);
        expect(
          'reach a listener of the host',
          await connect(owned, port),
          (['SIGSYS', -ENETUNREACH, done, done, done] as const)[rung]!,
        );
        expect('fork', await owned.call(numbers.fork), (['SIGSYS', -EAGAIN, -EAGAIN, done, done] as const)[rung]!);
        t.equal(await sibling.call(numbers.getpid), siblingPid, 'its sibling is as before');
        await Promise.all([owned.end(), sibling.end()]);
      });
    }
    t.equal(readFileSync(`${root}/secret`, 'utf8'), 'of root alone');
  },
);

/** What became of a new socket: of making it, or of connecting it to the port of 127.0.0.1. */
async function connect(owned: OwnedChildren, port: number): Promise<Fate> {
  const socket = await owned.call(numbers.socket, 2, 1, 0);
  return typeof socket === 'number' && socket >= 0 ? owned.say(`connect ${socket} ${port}`) : socket;
}
