/** A host that loses an address which programs have sockets on: in a network namespace of its own. */
import '../../support/untapped.js';
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { lack } from '../fake-child.js';
import { networkStage } from './net-stage.js';

const inside = 'REPYARD_TEST_NAMESPACE';
const address = '10.99.0.1';
const other = '10.99.0.2';
const ip = (...words: string[]) => execFileSync('ip', words, { stdio: 'pipe' });

function missing(): string | false {
  if (lack !== false) return lack;
  return spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status === 0
    ? false
    : 'unshare and ip are needed';
}

if (process.env[inside] === undefined) {
  t.test('in a namespace', { skip: missing() }, async (t) => {
    const { status, stdout } = spawnSync('unshare', ['-n', process.execPath, fileURLToPath(import.meta.url)], {
      env: { ...process.env, [inside]: 'yes', TAP: '1' },
      encoding: 'utf8',
    });
    t.equal(status, 0, stdout);
  });
} else {
  t.test('servers fall silent, and the address can not be had any more', async (t) => {
    ip('link', 'set', 'lo', 'up');
    for (const own of [address, other]) ip('address', 'add', `${own}/32`, 'dev', 'lo');
    const ports = [63_801, 63_802, 63_803];
    const [p0, p1, p2] = ports as [number, number, number];
    const { child, close } = await networkStage(t.testdir({}), { ports });
    t.teardown(close);
    const messages = await child.value('listenformessage', address, p0);
    const connections = await child.value('listenforconnection', address, p0);
    t.equal(await child.value('sendmessage', address, p0, 'here', other, p1), 4);
    t.same(await child.value('udp-server.getmessage', messages), [other, p1, 'here']);

    ip('address', 'delete', `${address}/32`, 'dev', 'lo');
    t.match(await child.error('udp-server.getmessage', messages), /^SocketWouldBlockError/);
    t.match(await child.error('tcp-server.getconnection', connections), /^SocketWouldBlockError/);
    t.match(await child.error('sendmessage', other, p1, 'x', address, p0), /^InternetConnectivityError/);
    t.match(await child.error('sendmessage', other, p1, 'x', address, p2), /^AddressBindingError/);
    t.match(await child.error('listenformessage', address, p2), /^AddressBindingError/);
    t.match(await child.error('openconnection', other, p1, address, p2, 1), /^AddressBindingError/);
    t.equal(await child.value('udp-server.close', messages), true);
    t.equal(await child.value('tcp-server.close', connections), true);

    ip('address', 'add', `${address}/32`, 'dev', 'lo');
    t.type(await child.value('listenformessage', address, p0), 'number', 'it is back');
  });
}
