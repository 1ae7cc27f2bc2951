/**
 * probe_api.txt, in a network like that of the host where it was recorded: an address of its own, a route to the world, and nobody who
 * answers. So the test runs in a network namespace of its own, where it can have one.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ownAddress } from './support/recorded-network.js';

const inside = 'REPYARD_TEST_RECORDED_NETWORK';
const commands = [
  'ip link set lo up',
  // What goes into one end comes out of the other, where nobody is.
  'ip link add recorded type veth peer name nobody',
  `ip address add ${ownAddress}/24 dev recorded`,
  'ip link set recorded up',
  'ip link set nobody up',
  'ip route add default via 10.200.0.1',
].join(' && ');

const can = process.env[inside] === undefined && spawnSync('unshare', ['-n', 'sh', '-c', commands]).status === 0;
if (can) {
  const again = `${commands} && exec "$0" "$1"`;
  const { status } = spawnSync('unshare', ['-n', 'sh', '-c', again, process.execPath, fileURLToPath(import.meta.url)], {
    stdio: 'inherit',
    env: { ...process.env, [inside]: 'yes', TAP: '1' },
  });
  process.exitCode = status ?? 1;
} else {
  await import('./api-probes.js');
}
