/** RepyV2's answers to misuse, in its order of checks. */
import t from 'tap';
import type { ApiName } from '../../../protocol/api.js';
import { WireFloat, type WireValue } from '../../../protocol/values.js';
import { lack } from '../fake-child.js';
import { loopback, networkStage } from './net-stage.js';

type Case = readonly [call: ApiName, args: readonly WireValue[], expected: string];

const notAllowed = 'ResourceForbiddenError: Provided localport is not allowed! Port: 9999';
const notHere = 'AddressBindingError: Cannot bind to the specified local ip, invalid!';
const same = 'RepyArgumentError: Local socket name cannot match destination socket name! Local/Dest IP and Port match.';
const type = (name: string): string => `RepyArgumentError: Invalid type <type '${name}'>`;
const invalid = (name: string, kind: 'IP' | 'Port', shown: string): string =>
  `RepyArgumentError: Provided ${name} is not valid! ${kind}: ${shown}`;

t.test('arguments are refused as RepyV2 refuses them', { skip: lack }, async (t) => {
  const { child, ports, nanny, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const [p0, p1] = ports as [number, number];
  const here = loopback;
  const long = 'x'.repeat(9217);
  const tooLong =
    'RepyArgumentError: Provided message is too long for UDP datagrams on some platforms. Maximum length is 9216 bytes.';
  const cases: Case[] = [
    ['gethostbyname', [3], type('int')],
    ['gethostbyname', [], "RepyArgumentError: Function 'gethostbyname' takes 1 arguments, not 0 as you provided."],
    ['getmyip', [1], "RepyArgumentError: Function 'getmyip' takes 0 arguments, not 1 as you provided."],
    ['sendmessage', [here, p1, 'hi', here, 9999], notAllowed],
    ['sendmessage', [here, p1, 'hi', '1.2.3.4', p0], notHere],
    ['sendmessage', [here, p0, 'hi', here, p0], same],
    ['sendmessage', [here, 0, 'hi', here, p0], invalid('destport', 'Port', '0')],
    ['sendmessage', [here, 65536, 'hi', here, p0], invalid('destport', 'Port', '65536')],
    ['sendmessage', [here, -1, 'hi', here, p0], 'RepyArgumentError: Min value is 0.'],
    ['sendmessage', [here, '63101', 'hi', here, p0], type('str')],
    ['sendmessage', ['localhost', p1, 'hi', here, p0], invalid('destip', 'IP', "'localhost'")],
    ['sendmessage', ['0.0.0.0', p1, 'hi', here, p0], invalid('destip', 'IP', "'0.0.0.0'")],
    ['sendmessage', [here, p1, 3, here, p0], type('int')],
    ['sendmessage', [here, p1, long, here, p0], tooLong],
    [
      'sendmessage',
      [here, p1, 'hi'],
      "RepyArgumentError: Function 'sendmessage' takes 5 arguments, not 3 as you provided.",
    ],
    ['listenformessage', [here, 9999], notAllowed],
    ['listenformessage', ['1.2.3.4', p0], notHere],
    ['listenformessage', ['0.0.0.0', p0], invalid('localip', 'IP', "'0.0.0.0'")],
    ['listenformessage', ['256.0.0.1', p0], invalid('localip', 'IP', "'256.0.0.1'")],
    ['listenformessage', [here, 'p'], type('str')],
    ['listenformessage', [here, true], type('bool')],
    ['listenforconnection', [here, 9999], notAllowed],
    ['listenforconnection', ['1.2.3.4', p0], notHere],
    ['listenforconnection', ['224.0.0.1', p0], invalid('localip', 'IP', "'224.0.0.1'")],
    ['listenforconnection', [here, 0], invalid('localport', 'Port', '0')],
    ['listenforconnection', [here, new WireFloat(1)], type('float')],
    ['openconnection', [here, p1, here, p1, 1], same],
    ['openconnection', [here, p1, here, 9999, 1], notAllowed],
    ['openconnection', [here, p1, '1.2.3.4', p0, 1], notHere],
    [
      'openconnection',
      [here, p1, here, p0, 0],
      'RepyArgumentError: Provided timeout is not valid, must be positive! Timeout: 0',
    ],
    ['openconnection', [here, p1, here, p0, -1], 'RepyArgumentError: Must be non-negative.'],
    ['openconnection', [here, p1, here, p0, null], type('NoneType')],
    ['openconnection', [here, p1, here, p0, '1'], type('str')],
    ['openconnection', [here, 0, here, p0, 1], invalid('destport', 'Port', '0')],
    ['openconnection', ['nohost', p1, here, p0, 1], invalid('destip', 'IP', "'nohost'")],
    [
      'openconnection',
      [here, p1, here, p0],
      "RepyArgumentError: Function 'openconnection' takes 5 arguments, not 4 as you provided.",
    ],
    // Two faults at once: the earlier check speaks.
    ['sendmessage', ['nohost', 'p', 'hi', 'nohost', p0], type('str')],
    ['sendmessage', ['nohost', 0, 'hi', '0.0.0.0', 0], invalid('destip', 'IP', "'nohost'")],
    ['sendmessage', [here, 0, 'hi', '0.0.0.0', 0], invalid('localip', 'IP', "'0.0.0.0'")],
    ['sendmessage', [here, 9999, long, here, 9999], same],
    ['sendmessage', [here, p1, long, here, 9999], notAllowed],
    ['sendmessage', [here, p1, long, '1.2.3.4', p0], tooLong],
    ['openconnection', [here, 70000, here, 0, 0], invalid('destport', 'Port', '70000')],
    [
      'openconnection',
      [here, p1, here, p1, 0],
      'RepyArgumentError: Provided timeout is not valid, must be positive! Timeout: 0',
    ],
    ['openconnection', [here, 9999, here, 9999, 1], same],
  ];
  for (const [call, args, expected] of cases) {
    t.equal(
      await child.error(call, ...args),
      expected,
      `${call}(${args.map((arg) => String(arg).slice(0, 20)).join()})`,
    );
  }
  t.equal(nanny.used('insockets'), 0);
});

t.test('addresses that the kernel would take for others are no addresses', { skip: lack }, async (t) => {
  const { child, ports, close } = await networkStage(t.testdir({}));
  t.teardown(close);
  const bad = [
    '',
    '127.1',
    '127.0.0.01',
    '0x7f.0.0.1',
    '127.0.0.1 ',
    '+127.0.0.1',
    '1.2.3.4.5',
    '::1',
    '192.168.0.0',
    '255.255.255.255',
  ];
  bad.push('127.0.0.1\0', '127.0.0.1\n', '1'.repeat(100_000));
  for (const address of bad) {
    t.match(
      await child.error('listenformessage', address, ports[0]!),
      /^RepyArgumentError: Provided localip/,
      JSON.stringify(address.slice(0, 20)),
    );
  }
});

t.test('addresses of the host that are not listed', { skip: lack }, async (t) => {
  const policy = { addresses: ['192.0.2.77'], interfaces: ['lo', 'none0'], onlyListed: true };
  const { child, ports, close } = await networkStage(t.testdir({}), { policy });
  t.teardown(close);
  t.equal(
    await child.error('listenformessage', '1.2.3.4', ports[0]!),
    'ResourceForbiddenError: Provided localip is not allowed! IP: 1.2.3.4',
  );
  t.equal(
    await child.error('listenforconnection', '1.2.3.4', 9999),
    'ResourceForbiddenError: Provided localip is not allowed! IP: 1.2.3.4',
  );
  t.match(
    await child.error('listenformessage', '192.0.2.77', ports[0]!),
    /^AddressBindingError/,
    'listed, but not here',
  );
  t.type(await child.value('listenformessage', '127.0.0.1', ports[0]!), 'number');
  t.type(await child.value('listenformessage', '127.0.0.2', ports[0]!), 'number', 'loopback is always allowed');
  t.equal(await child.value('getmyip'), '127.0.0.1', 'the first listed one that is here');
});

t.test('preferences alone forbid nothing', { skip: lack }, async (t) => {
  const policy = { addresses: ['192.0.2.77'], interfaces: [], onlyListed: false };
  const { child, ports, close } = await networkStage(t.testdir({}), { policy });
  t.teardown(close);
  t.equal(await child.value('getmyip'), '127.0.0.1', 'nothing listed is here: loopback');
  t.match(await child.error('listenformessage', '1.2.3.4', ports[0]!), /^AddressBindingError/);
});
