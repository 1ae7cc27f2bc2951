import t from 'tap';
import { PolicyError } from '../../restrictions/errors.js';
import { formatJsonPolicy, formatRepyV2Text } from '../../restrictions/format.js';
import { parseJsonPolicy } from '../../restrictions/json-policy.js';

const base = { cpu: 0.5, memory: 15000000, diskused: 1000, events: 2 };

function policy(resources: object, rest: object = {}): string {
  return JSON.stringify({ resources: { ...base, ...resources }, ...rest }, null, 1);
}

t.test('a policy gives the same restrictions as the text would', async (t) => {
  const restrictions = parseJsonPolicy(policy({ lograte: 'unlimited', messport: [1, 2, 2] }, { allowDegraded: true }));
  t.equal(restrictions.limits.cpu, 0.5);
  t.equal(restrictions.limits.lograte, Number.POSITIVE_INFINITY);
  t.equal(restrictions.limits.random, 0);
  t.same([...restrictions.messport], [1, 2]);
  t.equal(restrictions.allowDegraded, true);
  t.equal(parseJsonPolicy(policy({})).allowDegraded, false);
});

t.test('a policy may choose the profile, and is written with it', async (t) => {
  for (const profile of ['jit', 'hardened'] as const) {
    const restrictions = parseJsonPolicy(policy({}, { profile }));
    t.equal(restrictions.profile, profile);
    t.same(parseJsonPolicy(formatJsonPolicy(restrictions)), restrictions);
    t.match(formatRepyV2Text(restrictions), `# profile ${profile}: a JSON policy is needed to say so\n`);
  }
  t.notOk('profile' in parseJsonPolicy(policy({})));
});

const refused: readonly (readonly [title: string, text: string, field: string, message: RegExp])[] = [
  [
    'misspelt resource',
    policy({ memroy: 1 }),
    'resources.memroy',
    /Unknown field 'resources.memroy'; did you mean 'memory'\?/,
  ],
  ['misspelt required', policy({ memory: undefined, memroy: 1 }), 'resources.memroy', /did you mean 'memory'\?/],
  [
    'beyond the numbers',
    policy({ lograte: 12345 }).replace('12345', '1e999'),
    'resources.lograte',
    /^Field 'resources.lograte' is Infinity; give a number/,
  ],
  ['upper case', policy({ CPU: 1 }), 'resources.CPU', /did you mean 'cpu'\?/],
  [
    'unknown resource',
    policy({ gpu_hours_long: 1 }),
    'resources.gpu_hours_long',
    /known fields: cpu, memory, diskused/,
  ],
  ['__proto__', policy({}).replace('"cpu"', '"__proto__": {}, "cpu"'), 'resources.__proto__', /Unknown field/],
  ['unknown top field', policy({}, { allowdegraded: true }), 'allowdegraded', /did you mean 'allowDegraded'\?/],
  [
    'wrong type',
    policy({ memory: '15 MB' }),
    'resources.memory',
    /is "15 MB"; give a whole number from 1 up \(bytes\)/,
  ],
  ['fraction', policy({ events: 1.5 }), 'resources.events', /is 1\.5; give a whole number from 1 up \(threads\)/],
  [
    'negative rate',
    policy({ lograte: -1 }),
    'resources.lograte',
    /is -1; give a number from 0 up \(bytes\/s\), or "unlimited"/,
  ],
  ['cpu 0', policy({ cpu: 0 }), 'resources.cpu', /is 0; give a number above 0 \(cores\), or "unlimited"/],
  ['port', policy({ connport: [80, 70000] }), 'resources.connport[1]', /is 70000; give a whole number from 1 to 65535/],
  ['port not a list', policy({ connport: 80 }), 'resources.connport', /is 80; give a list/],
  [
    'missing resource',
    '{"resources": {"cpu": 1}}',
    'resources.memory',
    /is missing; give a whole number from 1 up \(bytes\)/,
  ],
  ['missing resources', '{}', 'resources', /Field 'resources' is missing/],
  ['a list', '[1]', '', /The document is \[1\]; give an object/],
  ['degraded as text', policy({}, { allowDegraded: 'yes' }), 'allowDegraded', /is "yes"; give true or false/],
  ['no such profile', policy({}, { profile: 'fast' }), 'profile', /is "fast"; give "jit" or "hardened"/],
  ['a key twice', '{"resources": {"cpu": 1,\n"cpu": 2}}', 'resources.cpu', /'resources\.cpu' is given twice/],
  ['nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '', /Not a policy/],
];

for (const [title, text, field, message] of refused) {
  t.test(title, async (t) => {
    const error = thrownBy(text);
    t.match(error?.message, message);
    t.equal(error?.field, field);
  });
}

t.test('errors name the line', async (t) => {
  t.equal(thrownBy('{\n"resources": {\n"cpu": 1,\n"memroy": 2}}')?.line, 4);
  t.equal(thrownBy('{"resources": {"cpu": 1,\n"cpu": 2}}')?.line, 2);
  t.equal(thrownBy('{"resources":\n\n{"cpu": 1,,}}')?.line, 3);
  t.match(thrownBy('{"resources": 1 // none\n}')?.message, /Not valid JSON/);
});

function thrownBy(text: string): PolicyError | undefined {
  try {
    parseJsonPolicy(text);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  return undefined;
}
