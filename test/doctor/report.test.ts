/** The doctor's own logic, on layers that behave as no host does. */
import '../support/untapped.js';
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { examine, type LayerLook, layerLooks } from '../../supervisor/doctor/doctor.js';
import { enforced, isWell, missing, missingBecause, weaker } from '../../supervisor/doctor/report.js';
import { doctorText } from '../../supervisor/doctor/text.js';
import { LaunchError } from '../../supervisor/launch/errors.js';
import { linux } from '../../supervisor/platform/linux.js';
import { portable } from '../../supervisor/platform/portable.js';

const fine: LayerLook = { name: 'fine', needs: [], look: async () => enforced('seen') };
const runs: LayerLook = { name: 'start', needs: ['fine'], look: async () => enforced('a program ran') };
const never = () => new Promise<never>(() => undefined);
const look = (looks: readonly LayerLook[], more: object = {}) =>
  examine({ platform: linux, allowDegraded: false, looks, ...more });

t.test('a host where all holds is well', async (t) => {
  const report = await look([fine, runs]);
  t.match(report, { version: 1, runs: true, layers: [{ name: 'fine', state: 'enforced' }, { name: 'start' }] });
  t.ok(isWell(report));
});

t.test('weaker is well, missing is not, also if a program runs', async (t) => {
  const poor = { ...fine, name: 'poor', look: async () => weaker('less', 'do more') };
  t.ok(isWell(await look([fine, poor, runs])));
  const hole = { ...fine, name: 'hole', look: async () => missing('it opened a file') };
  const report = await look([fine, hole, runs]);
  t.equal(report.runs, true);
  t.notOk(isWell(report));
  t.match(doctorText(report, 80), /Programs would run here, but must not: hole failed to hold\./);
});

t.test('a layer that hangs is missing, and what needs it untried', async (t) => {
  const begun = performance.now();
  const report = await look([{ ...fine, look: never }, runs, { ...fine, name: 'other' }], { layerMs: 60 });
  t.match(report.layers, [
    { name: 'fine', state: 'missing', what: 'no answer within 0.1 s: it hangs' },
    { name: 'start', state: 'untried', what: 'it takes the layer fine' },
    { name: 'other', state: 'enforced' },
  ]);
  t.ok(performance.now() - begun < 50_000);
  t.notOk(isWell(report));
});

t.test('all layers together are bounded', async (t) => {
  const slow = (name: string): LayerLook => ({ name, needs: [], look: () => delay(80, enforced('late')) });
  const report = await look([slow('a'), slow('b'), slow('c'), slow('d')], { allMs: 150 });
  t.equal(report.layers[0]?.state, 'enforced');
  t.match(report.layers.at(-1), { state: 'missing', what: /^no answer within 0\.0 s/ });
});

t.test('elsewhere the platform says what confines programs', async (t) => {
  const line = { resource: 'files', mechanism: 'none', state: 'not enforced', accuracy: 'the user may read' } as const;
  const enginePath = () => {
    throw new Error('no engine');
  };
  const platform = {
    ...portable,
    enginePath,
    layers: [line, { ...line, resource: 'devices', state: 'enforced' as const }],
  };
  const found = await examine({ platform, allowDegraded: false });
  t.match(found.layers, [
    { name: 'system', state: 'weaker', fixes: [/on Linux/] },
    { name: 'engine', state: 'missing', what: /no engine/ },
    { name: 'files', state: 'missing', what: 'none: the user may read' },
    { name: 'devices', state: 'enforced' },
    { name: 'cpu', state: 'missing', what: /SIGSTOP/ },
    { name: 'memory', state: 'missing' },
    { name: 'processes', state: 'missing' },
    { name: 'start', state: 'untried' },
    { name: 'memory classes', state: 'untried' },
  ]);
  t.match((await examine({ platform, allowDegraded: true })).layers[2], { name: 'files', state: 'weaker' });
  t.notOk(isWell(found));
});

t.test('it can be stopped', async (t) => {
  const stop = new AbortController();
  const examined = look(
    [
      { ...fine, look: never },
      { ...fine, name: 'other' },
    ],
    { signal: stop.signal },
  );
  stop.abort();
  t.match((await examined).layers, [{ state: 'untried', what: /stopped/ }, { state: 'untried' }]);
});

t.test('what is thrown is a finding, with the fix that its message names', async (t) => {
  const thrown = new LaunchError(
    'ZYGOTE_NOT_STARTED',
    'no world: EPERM. To fix it, run it as root',
    '\nzygote: unshare\n',
  );
  t.same(missingBecause(thrown, 'or not'), {
    state: 'missing',
    what: 'no world: EPERM (zygote: unshare)',
    fixes: ['run it as root', 'or not'],
  });
  t.same(
    missingBecause('cpu is polled; no cgroup. To fix it, mount it. To run it nevertheless, --allow-degraded').fixes,
    ['mount it'],
  );
  const report = await look([{ ...fine, look: () => Promise.reject(new Error('it broke')) }]);
  t.match(report.layers[0], { state: 'missing', what: 'it broke' });
});

t.test('each need is a layer that comes before', async (t) => {
  const before = new Set<string>();
  for (const { name, needs } of layerLooks) {
    for (const need of needs) t.ok(before.has(need), `${name} needs ${need}`);
    t.notOk(before.has(name), `${name} once`);
    before.add(name);
  }
});

t.test('the text is aligned, not wider than the terminal, and has each fix once', async (t) => {
  const long = 'a long story '.repeat(20).trim();
  const sick = (name: string): LayerLook => ({
    name,
    needs: [],
    look: async () => missing(long, 'do this', `do that ${long}`),
  });
  const text = doctorText(await look([fine, sick('one'), sick('another one')]), 72);
  const lines = text.split('\n');
  t.ok(
    lines.every((line) => line.length <= 72),
    text,
  );
  t.equal(lines.filter((line) => line.includes('do this')).length, 1);
  t.match(text, / {2}- one, another one: do this\n/);
  t.match(text, /^LAYER {8}STATE {5}WHAT WAS SEEN\nfine {9}enforced {2}seen\none {10}missing {3}a long/m);
  t.match(text, /Programs are refused here\. Missing: one, another one\./);
});
