import t from 'tap';
import { addRestrictions, subtractRestrictions } from '../../restrictions/arithmetic.js';
import { PolicyError } from '../../restrictions/errors.js';
import { formatJsonPolicy, formatRepyV2Text } from '../../restrictions/format.js';
import { parseJsonPolicy } from '../../restrictions/json-policy.js';
import { loadRestrictions } from '../../restrictions/load.js';
import { defaultNetwork, isReserved, parseBlock, parsePorts } from '../../restrictions/network-rules.js';

const resources = { cpu: 0.5, memory: 15000000, diskused: 1000, events: 2 };
const policy = (network?: unknown): string => JSON.stringify({ resources, network }, null, 1);

t.test('what a policy says of the network', async (t) => {
  const { network } = parseJsonPolicy(
    policy({
      ipv6: true,
      egress: {
        allow: [{ to: ['10.0.0.0/8', '2001:db8::1'], ports: [443, '8000-8999'] }],
        deny: [{ to: ['10.0.0.1'] }],
      },
    }),
  );
  t.same(network, {
    ipv6: true,
    names: false,
    egress: [
      {
        allow: [
          {
            blocks: [
              { address: '10.0.0.0', family: 'ipv4', prefix: 8 },
              { address: '2001:db8::1', family: 'ipv6', prefix: 128 },
            ],
            ports: [
              { from: 443, to: 443 },
              { from: 8000, to: 8999 },
            ],
          },
        ],
        deny: [{ blocks: [{ address: '10.0.0.1', family: 'ipv4', prefix: 32 }], ports: [] }],
      },
    ],
  });
  t.same(parseJsonPolicy(policy()).network, defaultNetwork, 'a policy that says nothing');
  const text = Buffer.from('resource cpu 1\nresource memory 1\nresource diskused 1\nresource events 1\n');
  t.equal(loadRestrictions(text).network, undefined, "RepyV2's text");
});

t.test('names are looked up unless egress is narrowed to a list; a policy may say so', async (t) => {
  const names = (network: unknown) => parseJsonPolicy(policy(network)).network?.names;
  const allow = [{ to: ['10.0.0.0/8'] }];
  t.equal(names({}), true);
  t.equal(names({ egress: { deny: allow } }), true);
  t.equal(names({ egress: { allow } }), false);
  t.equal(names({ egress: { allow }, names: true }), true);
  t.equal(names({ names: false }), false);
});

const refused: readonly (readonly [network: unknown, field: string, message: RegExp])[] = [
  [{ ipv6: 'yes' }, 'network.ipv6', /give true or false/],
  [{ names: 'no' }, 'network.names', /give true or false/],
  [{ ipV6: true }, 'network.ipV6', /did you mean 'ipv6'\?/],
  [{ egress: { alow: [] } }, 'network.egress.alow', /did you mean 'allow'\?/],
  [{ egress: { allow: [{}] } }, 'network.egress.allow[0].to', /is missing/],
  [{ egress: { allow: [{ to: [] }] } }, 'network.egress.allow[0].to', /give a list/],
  [
    { egress: { deny: [{ to: ['10.0.0.0/33'] }] } },
    'network.egress.deny[0].to[0]',
    /is "10\.0\.0\.0\/33"; give an address/,
  ],
  [{ egress: { deny: [{ to: ['localhost'] }] } }, 'network.egress.deny[0].to[0]', /give an address/],
  [{ egress: { deny: [{ to: ['fe80::1%eth0'] }] } }, 'network.egress.deny[0].to[0]', /give an address/],
  [{ egress: { deny: [{ to: ['::/0'], ports: [0] }] } }, 'network.egress.deny[0].ports[0]', /is 0; give a port/],
  [
    { egress: { deny: [{ to: ['::/0'], ports: ['9-8'] }] } },
    'network.egress.deny[0].ports[0]',
    /is "9-8"; give a port/,
  ],
];

for (const [network, field, message] of refused) {
  t.test(`refused: ${JSON.stringify(network)}`, async (t) => {
    try {
      parseJsonPolicy(policy(network));
      t.fail('was accepted');
    } catch (error) {
      t.type(error, PolicyError);
      t.match(error, { field, message });
      t.type((error as PolicyError).line, 'number');
    }
  });
}

t.test('blocks and ports', async (t) => {
  for (const bad of ['', '/8', '1.2.3', '1.2.3.4/', '1.2.3.4/-1', '1.2.3.4/8/8', '::1/129', '01.2.3.4']) {
    t.equal(parseBlock(bad), undefined, bad);
  }
  for (const bad of [0, 65536, 1.5, -1, '', '1-', '-1', '0-5', '5-65536', '1e3'])
    t.equal(parsePorts(bad), undefined, `${bad}`);
  t.same(parsePorts('1-65535'), { from: 1, to: 65535 });
});

t.test('what lies within the reserved blocks', async (t) => {
  t.equal(isReserved('169.254.169.254', 'ipv4'), true);
  t.equal(isReserved('169.255.0.1', 'ipv4'), false);
  t.equal(isReserved('fe80::1', 'ipv6'), true);
  t.equal(isReserved('fd00:ec2::254', 'ipv6'), true);
  t.equal(isReserved('169.254.0.0', 'ipv4', 16), true);
  t.equal(isReserved('169.254.0.0', 'ipv4', 15), false);
});

t.test('it is written and read back; the text format tells that it lost something', async (t) => {
  const given = {
    ipv6: true,
    egress: { allow: [{ to: ['10.0.0.0/8'], ports: [1, '2-3'] }], deny: [{ to: ['::/0'] }] },
  };
  const parsed = parseJsonPolicy(policy(given));
  t.same(parseJsonPolicy(formatJsonPolicy(parsed)), parsed);
  t.match(formatRepyV2Text(parsed), /# network: a JSON policy is needed/);
});

t.test('two programs together may send where both may', async (t) => {
  const open = parseJsonPolicy(policy({ ipv6: true }));
  const narrow = parseJsonPolicy(policy({ names: false, egress: { deny: [{ to: ['10.0.0.0/8'] }] } }));
  const both = addRestrictions(open, narrow);
  t.equal(both.network?.ipv6, false);
  t.equal(both.network?.names, false);
  t.equal(both.network?.egress.length, 2);
  t.throws(() => formatJsonPolicy(both), RangeError);
  t.same(subtractRestrictions(both, narrow).network?.egress.length, 2);
});
