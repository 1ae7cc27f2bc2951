/** Programs whose policy asks for the hardened profile: they compute the same, without a page that is writable and executable. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { programPath, recorded, secondsByLine } from '../../bench/python/lines.js';
import { loadRestrictions } from '../../restrictions/load.js';
import { bandwidthOf } from '../support/bandwidth.js';
import { until } from '../support/patience.js';
import { openYard } from '../support/yard.js';

const policy = (profile: 'jit' | 'hardened', memory = 15_000_000): string =>
  JSON.stringify({
    resources: { cpu: 2, memory, diskused: 1e6, events: 10, lograte: 'unlimited', random: 1e6 },
    profile,
  });
const restrictions = policy('hardened');

t.test('hardened programs', { timeout: 800_000 }, async (t) => {
  const yard = await openYard();
  t.teardown(() => yard.close());

  await t.test('run in each language', async (t) => {
    const source = `
      let sum = 0;
      for (let i = 0; i < 1e6; i++) sum = (sum + i * i) % 1000003;
      log(sum, 'x1y22'.replace(/\\d+/g, (digits) => '<' + digits + '>'), JSON.stringify(await Promise.all([1, sleep(0.01)])));`;
    t.equal(await yard.output(source, { restrictions }), await yard.output(source));
    const typed = 'const twice = (n: number): number => 2 * n;\nlog(twice(21));';
    t.equal(await yard.output(typed, { restrictions, language: 'typescript', name: 'guest.ts' }), '42');
    const python = `
def cube(i):
  return i ** 3
log(sum([cube(i) for i in xrange(20000)]), "%08.3f" % 3.14159, [x for x in "hello"][::-1], 2 ** 200 % 10 ** 9)
log(3 ** 9000 % 10007, 3 ** 9000 // -10007 % 1000003)
`;
    const options = { language: 'python', name: 'guest.r2py' } as const;
    t.equal(await yard.output(python, { ...options, restrictions }), await yard.output(python, options));
  });

  await t.test('compute what CPython computes', async (t) => {
    const wide = policy('hardened', 200_000_000);
    for (const name of ['strings', 'intmod', 'methods']) {
      const source = readFileSync(programPath(name), 'latin1');
      const log = await yard.output(source, { language: 'python', name: `${name}.r2py`, restrictions: wide });
      t.equal(secondsByLine(name, log, 0).size, Object.keys(recorded[name]!).length, `${name}: all its checksums`);
    }
  });

  await t.test('have no writable and executable page while they run', async (t) => {
    const guests = [
      await yard.start('for (;;) /a+b/.test("aaab");', { restrictions }),
      await yard.start('while True:\n  pass\n', { language: 'python', name: 'guest.r2py', restrictions }),
    ];
    const compiled = await yard.start('for (;;);', { restrictions: policy('jit') });
    await yard.running([...guests, compiled]);
    const maps = (pid: number | null) => readFileSync(`/proc/${pid}/maps`, 'utf8');
    t.ok(await until(() => /^\S+ .wx/m.test(maps(compiled.status().pid))), 'one that compiles has');
    // By then they would have compiled, too: each computes for a while longer.
    const computed = (pid: number | null) => bandwidthOf(pid!).used;
    const before = guests.map((guest) => computed(guest.status().pid));
    const go = () => guests.every((guest, index) => computed(guest.status().pid) > before[index]! + 0.2);
    t.ok(await until(go), 'they compute');
    for (const guest of guests) t.notMatch(maps(guest.status().pid), /^\S+ .wx/m);
    for (const program of [...guests, compiled]) program.stop();
    await Promise.all([...guests, compiled].map((program) => program.outcome));
  });

  await t.test('end at their limits as others do', async (t) => {
    const hog = await yard.start('const kept = []; for (;;) kept.push({ at: kept.length, list: [kept.length] });', {
      restrictions,
    });
    const { reason, limit, usage } = await hog.outcome;
    t.match({ reason, limit }, { reason: 'limit', limit: { resource: 'memory' } });
    t.ok(usage.memoryPeakBytes <= 15_000_000, `${usage.memoryPeakBytes}`);
  });

  await t.test('stay hardened', async (t) => {
    const guest = await yard.start('await sleep(60);', { restrictions });
    await yard.running([guest]);
    await t.rejects(guest.change(loadRestrictions(Buffer.from(policy('jit')))), {
      code: 'LIMITS',
      message: "the profile of a running program can't be changed: it is hardened",
    });
    await guest.change(loadRestrictions(Buffer.from(policy('hardened', 14_000_000))));
    guest.stop();
    await guest.outcome;
  });
});
