/** A kernel that refuses a zygote its empty world: the cause and the fix are named, and nothing runs. */
import '../support/untapped.js';
import { execa, execaSync } from 'execa';
import t from 'tap';
import { createLauncher } from '../../supervisor/launch/create-launcher.js';
import { worldLack } from '../../supervisor/launch/world-lack.js';
import { isOrdinaryUser } from '../support/ordinary-user.js';
import { filters, fixture, noDoor, smallMemory } from './support.js';

const host = (files: Record<string, string>) => (path: string) => files[path];
const status = (capabilities: string, seccomp = 0) => ({
  '/proc/self/status': `Name:\tnode\nCapEff:\t${capabilities}\nSeccomp:\t${seccomp}\n`,
});
const all = '000001ffffffffff';
const none = '0000000000000000';

t.test('what forbids it is found', (t) => {
  const cases = [
    [true, { '/proc/sys/user/max_user_namespaces': '0' }, 'no user namespaces', /max_user_namespaces=10000/],
    [true, { '/proc/sys/kernel/unprivileged_userns_clone': '0' }, 'not for ordinary users', /userns_clone=1/],
    [true, { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1' }, 'apparmor', /AppArmor profile/],
    [true, status(none, 2), 'container', /--security-opt seccomp=/],
    [true, status(none), 'unknown', /unshare --user/],
    [true, {}, 'unknown', /run repyard as root/],
    [false, { ...status(none), '/proc/sys/user/max_user_namespaces': '0' }, 'capability', /--cap-add SYS_ADMIN/],
    [false, status(all, 2), 'container', /seccomp profile/],
    [false, status(all), 'unknown', /outside of what confines it/],
  ] as const;
  for (const [rootless, files, cause, fix] of cases)
    t.match(worldLack(rootless, host(files)), { cause, why: /\S/, fix }, JSON.stringify(files));
  t.end();
});

/** In a user namespace that allows no further one. */
const forbidding = [
  '--user',
  ...['--map-user=4242', '--map-group=4242', '--keep-caps', 'sh', '-c'],
  'echo 0 >/proc/sys/user/max_user_namespaces && exec setpriv --ambient-caps=-all --inh-caps=-all "$0" "$@"',
];
const inside = process.env.REPYARD_TEST_FORBIDDEN === '1';

t.test('where no user namespace may be made, nothing is launched', { skip: !inside && lack() }, async (t) => {
  if (!inside) {
    const env = { REPYARD_TEST_FORBIDDEN: '1', TAP: '1' };
    const { exitCode, stdout } = await execa('unshare', [...forbidding, process.execPath, process.argv[1]!], {
      env,
      reject: false,
    });
    t.equal(exitCode, 0, 'in a user namespace that allows no further one');
    t.match(/ok \d+ - uid 4242/.exec(stdout)?.[0], /^ok/, 'it was tried');
    return;
  }
  const uid = process.geteuid!();
  const launcher = createLauncher({ filters, runtime: fixture('runtime.mjs') });
  await t.rejects(
    launcher.launch({ memory: smallMemory, uid, door: noDoor }),
    {
      code: 'NO_WORLD',
      message:
        /max_user_namespaces is 0.*To fix it, sudo sysctl -w user.max_user_namespaces=10000, or run repyard as root/,
      detail: /make a user namespace/,
    },
    `uid ${uid}`,
  );
  await launcher.close();
});

function lack(): string | false {
  const command = [...forbidding, 'true'];
  const { failed } = execaSync('unshare', command, { reject: false });
  return failed && `needs user namespaces${isOrdinaryUser ? ' for ordinary users' : ''} and unshare --keep-caps`;
}
