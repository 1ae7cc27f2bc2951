import t from 'tap';
import type { ApiName } from '../../../protocol/api.js';
import { parseJsonPolicy } from '../../../restrictions/json-policy.js';
import { checkEgress } from '../../../supervisor/broker/network/egress.js';
import { lack } from '../fake-child.js';
import { answer, freePorts, loopback, networkStage, poll } from './net-stage.js';

const resources = { cpu: 0.5, memory: 15000000, diskused: 1000, events: 2 };
const rules = (network: unknown) => parseJsonPolicy(JSON.stringify({ resources, network })).network!;

function passes(network: unknown, address: string, port = 80): boolean {
  try {
    checkEgress(rules(network).egress, address, port);
    return true;
  } catch {
    return false;
  }
}

t.test('deny wins, allow narrows, ports count', async (t) => {
  t.equal(passes({}, '8.8.8.8'), true);
  const deny = { egress: { deny: [{ to: ['10.0.0.0/8'] }] } };
  t.equal(passes(deny, '10.255.255.255'), false);
  t.equal(passes(deny, '11.0.0.0'), true);
  const both = { egress: { allow: [{ to: ['10.0.0.0/8'], ports: [443, '8000-8001'] }], deny: [{ to: ['10.0.0.1'] }] } };
  for (const [port, passed] of [
    [443, true],
    [8000, true],
    [8001, true],
    [80, false],
    [8002, false],
  ] as const) {
    t.equal(passes(both, '10.0.0.2', port), passed, `${port}`);
  }
  t.equal(passes(both, '10.0.0.1', 443), false);
  t.equal(passes(both, '127.0.0.1', 443), false, 'loopback is no exception');
  t.equal(passes({ egress: { allow: [] } }, '8.8.8.8'), false, 'an empty list allows nothing');
  t.equal(passes({ egress: { deny: [{ to: ['0.0.0.0/0'], ports: [25] }] } }, '8.8.8.8', 25), false);
});

t.test('metadata services pass only when they are named', async (t) => {
  const metadata = '169.254.169.254';
  t.equal(passes({}, metadata), false);
  t.equal(passes({ egress: { allow: [{ to: ['0.0.0.0/0'] }] } }, metadata), false, 'everything is no name');
  t.equal(passes({ egress: { allow: [{ to: ['169.254.0.0/16'] }] } }, metadata), true);
  t.equal(passes({ egress: { allow: [{ to: [metadata], ports: [80] }] } }, metadata), true);
  t.equal(passes({ egress: { allow: [{ to: [metadata], ports: [80] }] } }, metadata, 81), false);
  t.equal(passes({ ipv6: true }, 'fe80::1'), false);
  t.equal(passes({ ipv6: true }, 'fd00:ec2::254'), false);
});

t.test('IPv4 addresses inside of IPv6 addresses are no way around', async (t) => {
  const deny = { ipv6: true, egress: { deny: [{ to: ['10.0.0.0/8'] }] } };
  t.equal(passes(deny, '64:ff9b::a00:1'), false);
  t.equal(passes(deny, '64:ff9b::b00:1'), true);
  t.equal(passes(deny, '2002:a00:1::'), false);
  t.equal(passes(deny, '64:ff9b::a9fe:a9fe'), false, 'the metadata service');
  t.equal(passes(deny, '2001:db8::1'), true);
});

t.test('calls are refused, before anything is sent', { skip: lack }, async (t) => {
  const [p0, p1] = (await freePorts(2)) as [number, number];
  const network = rules({ egress: { allow: [{ to: [loopback], ports: [p1] }] } });
  const { child, nanny, close } = await networkStage(t.testdir({}), { ports: [p0, p1], network });
  t.teardown(close);
  const forbidden = (address: string, port: number) =>
    `ResourceForbiddenError: Provided destip and destport are not allowed! IP: ${address} Port: ${port}`;
  t.equal(await child.error('sendmessage', '8.8.8.8', 53, 'x', loopback, p0), forbidden('8.8.8.8', 53));
  t.equal(await child.error('openconnection', '8.8.8.8', 53, loopback, p0, 1), forbidden('8.8.8.8', 53));
  t.equal(await child.error('openconnection', loopback, 22, loopback, p0, 1), forbidden(loopback, 22));
  t.equal(nanny.used('outsockets'), 0);
  const server = await child.value('listenformessage', loopback, p1);
  t.equal(await child.value('sendmessage', loopback, p1, 'x', loopback, p0), 1);
  t.same(answer(await poll(() => child.call('udp-server.getmessage', server))), [loopback, p0, 'x']);
});

t.test('names are no way out where a list says where traffic may go', { skip: lack }, async (t) => {
  const closed = await networkStage(t.testdir({ a: {} }), {
    network: rules({ egress: { allow: [{ to: [loopback] }] } }),
  });
  t.teardown(closed.close);
  const told = (name: string) => `ResourceForbiddenError: Looking up names is not allowed! Name: '${name}'`;
  for (const name of ['secret.example.org', 'localhost', '', '::1']) {
    t.equal(await closed.child.error('gethostbyname', name), told(name), name);
  }
  t.equal(await closed.child.value('gethostbyname', '8.8.8.8'), '8.8.8.8', 'an address is no question');
  const open = await networkStage(t.testdir({ b: {} }), {
    network: rules({ names: true, egress: { allow: [{ to: [loopback] }] } }),
  });
  t.teardown(open.close);
  t.equal(await open.child.value('gethostbyname', 'localhost'), '127.0.0.1');
});

t.test('IPv6 is switched on by a policy', { skip: lack }, async (t) => {
  const off = await networkStage(t.testdir({ a: {} }));
  t.teardown(off.close);
  t.match(await off.child.error('listenformessage', '::1', off.ports[0]!), /^RepyArgumentError: .*'::1'/);
  const on = await networkStage(t.testdir({ b: {} }), { network: rules({ ipv6: true }) });
  t.teardown(on.close);
  const { child, nanny } = on;
  const [p0, p1] = on.ports as [number, number];
  for (const address of ['::', '::ffff:127.0.0.1', '::ffff:7f00:1', '::7f00:1', 'fe80::1%lo', 'ff02::1']) {
    t.match(await child.error('listenformessage', address, p0), /^RepyArgumentError/, address);
  }
  const reply = await child.call('listenformessage' satisfies ApiName, '::1', p1);
  if (reply.type === 'failure') {
    t.match(reply, { exception: 'AddressBindingError' }, 'a host without IPv6');
    return;
  }
  t.equal(await child.value('sendmessage', '::1', p1, 'six', '::1', p0), 3);
  t.same(answer(await poll(() => child.call('udp-server.getmessage', reply.value))), ['::1', p0, 'six']);
  t.equal(nanny.tallies().loopsend, 67);
  t.equal(nanny.tallies().netsend, 0);
  const listening = await child.value('listenforconnection', '0:0:0:0:0:0:0:1', p1);
  const client = await child.value('openconnection', '::1', p1, '::1', p0, 60);
  const accepted = answer(await poll(() => child.call('tcp-server.getconnection', listening))) as [
    string,
    number,
    number,
  ];
  t.same(accepted.slice(0, 2), ['::1', p0]);
  await child.value('socket.send', client, 'hello');
  t.equal(answer(await poll(() => child.call('socket.recv', accepted[2], 10))), 'hello');
});
