import t from 'tap';
import { actionAt, actionsAt, extensions } from '../../restrictions/extensions.js';
import { formatJsonPolicy, formatRepyV2Text } from '../../restrictions/format.js';
import { parseJsonPolicy } from '../../restrictions/json-policy.js';
import { parseRepyV2Text } from '../../restrictions/repyv2-text.js';
import { resources } from '../../restrictions/resources.js';

const base = { cpu: 0.5, memory: 15000000, diskused: 1000, events: 2 };
const policy = (more: object, rest: object = {}) =>
  JSON.stringify({ resources: { ...base, ...more }, ...rest }, null, 1);

t.test('what RepyV2 does not know is read from a policy, and written back', (t) => {
  const given = { cputime: 1.5, walltime: 60, diskbytes: 0, diskfiles: 3, cpuweight: 50, memoryhigh: 9000000 };
  const restrictions = parseJsonPolicy(policy({ ...given, cpuset: [0, 2] }, { atLimit: { lograte: 'error' } }));
  t.same(restrictions.extensions, given);
  t.same(restrictions.cpuset, [0, 2]);
  t.equal(actionAt(restrictions, 'lograte'), 'error');
  t.equal(actionAt(restrictions, 'random'), 'wait', 'the usual');
  t.same(parseJsonPolicy(formatJsonPolicy(restrictions)), restrictions);
  const text = formatRepyV2Text(restrictions);
  t.match(text, /# cputime 1.5: a JSON policy is needed/);
  const { limits } = parseRepyV2Text(text);
  t.same(limits, restrictions.limits, 'the text is one that RepyV2 reads');
  t.end();
});

t.test('nothing of it is there when nothing is given', (t) => {
  const restrictions = parseJsonPolicy(policy({}));
  for (const name of ['extensions', 'cpuset', 'atLimit']) t.notOk(name in restrictions, name);
  t.end();
});

const refused: readonly (readonly [title: string, text: string, field: string, message: RegExp])[] = [
  ['0 s', policy({ cputime: 0 }), 'resources.cputime', /is 0; give a number above 0 \(seconds\)/],
  ['unlimited', policy({ walltime: 'unlimited' }), 'resources.walltime', /give a number above 0/],
  ['weight', policy({ cpuweight: 20000 }), 'resources.cpuweight', /give a whole number from 1 to 10000/],
  ['half a file', policy({ diskfiles: 0.5 }), 'resources.diskfiles', /give a whole number from 0 up \(files\)/],
  ['no processor', policy({ cpuset: [] }), 'resources.cpuset', /give a list/],
  ['twice', policy({ cpuset: [1, 1] }), 'resources.cpuset', /each once/],
  ['an action of another', policy({}, { atLimit: { memory: 'wait' } }), 'atLimit.memory', /give "stop"/],
  ['misspelt', policy({}, { atLimit: { lograet: 'stop' } }), 'atLimit.lograet', /did you mean 'lograte'/],
];
for (const [title, text, field, message] of refused) {
  t.test(`refused: ${title}`, (t) => {
    t.throws(() => parseJsonPolicy(text), { field, message });
    t.end();
  });
}

t.test('a restrictions file knows nothing of it', (t) => {
  t.throws(() => parseRepyV2Text('resource cputime 5\n'), { message: /unknown resource 'cputime'/ });
  t.end();
});

t.test('each row can be enforced in one way at least, and its usual action is among the possible ones', (t) => {
  for (const { name } of [...resources, ...extensions]) t.ok(actionsAt(name).length > 0, name);
  for (const { name, atLimit } of resources) t.equal(actionsAt(name)[0], atLimit, name);
  t.same(actionsAt('nonsense'), []);
  t.end();
});
