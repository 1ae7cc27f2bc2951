/**
 * The walls that are not the kernel's, and the limits, taken away one by one in copies of the project: the static check, the hardened
 * language, the API's check on both sides, the paths' checks, the nanny, the cgroups. Each time the same attack is made with the wall
 * and without: it then succeeds, or the next wall, which is named, stops it.
 */
import '../support/untapped.js';
import { readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { loadRestrictions } from '../../restrictions/load.js';
import { type Outcome, Supervisor } from '../../supervisor/index.js';
import { linux } from '../../supervisor/platform/linux.js';
import { endingOf } from '../hostile/stage.js';
import { lacks } from '../launch/support.js';
import { watchLoad } from '../support/idle.js';
import { leastOf } from '../support/patience.js';
import { narrowRestrictions } from '../support/yard.js';
import { type Edit, weakened } from './weakened.js';

const noCheck: Edit = [
  'child-runtime/javascript/check-text.js',
  'parseProgram(text), permittedNames,',
  'parseProgram(text), { has: () => true },',
];
/** What isn't permitted gets no value, so that it is looked up where it really is. */
const onlyPermittedBound: Edit = [
  'child-runtime/javascript/check-text.js',
  '.filter((name) => !constants.has(name))',
  '.filter((name) => permittedNames.has(name) && !constants.has(name))',
];
const noScrub: Edit = ['child-runtime/runtime.js', '        scrubGlobals();\n', ''];
const noHardening: readonly Edit[] = [
  ['child-runtime/harden/lockdown.js', '    ses.hardenIntrinsics();\n', ''],
  ['child-runtime/harden/lockdown.js', 'freeze = ses.harden;', 'freeze = (value) => value;'],
  ['child-runtime/harden/scrub.js', 'Object.freeze(global);', ''],
];
const noChildCheck: Edit = [
  'child-runtime/api/arguments.js',
  '    const { arguments: wanted, rest } = call;',
  '    return args.map((value) => (value instanceof HandleReference ? value.id : value));\n    const { arguments: wanted, rest } = call;',
];
const noSupervisorCheck: Edit = [
  'supervisor/broker/argument-check.js',
  '    const declared = call.arguments;',
  '    return;\n    const declared = call.arguments;',
];
const noNameCheck: Edit = [
  'supervisor/broker/file-names.js',
  "    if (name === '' ||",
  "    return;\n    if (name === '' ||",
];
const noNativeNameCheck: Edit = ['supervisor-functions.c', "strchr(name, '/') != NULL", 'false'];

/** A file is opened in one native step, or in the thread pool while its storage is slow: each way has these walls of its own. */
const inOneStep: Edit = ['supervisor/broker/storage-pace.js', 'if (small && this.device.quick)', 'if (small)'];
const inThePool: Edit = ['supervisor/broker/storage-pace.js', 'if (small && this.device.quick)', 'if (false)'];
const waysToOpen: Readonly<Record<string, { way: Edit; lookThroughLinks: Edit; followLinks: Edit }>> = {
  'in one step': {
    way: inOneStep,
    lookThroughLinks: ['supervisor-functions.c', 'status, AT_SYMLINK_NOFOLLOW)', 'status, 0)'],
    followLinks: ['supervisor-functions.c', 'O_RDWR | O_NOFOLLOW | O_NONBLOCK', 'O_RDWR | O_NONBLOCK'],
  },
  'in the thread pool': {
    way: inThePool,
    lookThroughLinks: ['supervisor/platform/proc-place.js', 'import { lstat }', 'import { stat as lstat }'],
    followLinks: ['supervisor/platform/proc-place.js', 'O_RDWR | O_NOFOLLOW | O_NONBLOCK', 'O_RDWR | O_NONBLOCK'],
  },
};
const noNanny: Edit = [
  'supervisor/nanny/nanny.js',
  '    charge(rate, amount) {',
  '    charge(rate, amount) {\n        return undefined;',
];

interface Ran {
  readonly outcome: Outcome;
  readonly log: string;
}

/** Runs a program to its end; `plant` prepares its directory. */
async function run(
  supervisor: Supervisor,
  root: string,
  source: string,
  restrictions = narrowRestrictions,
  plant?: (directory: string) => void,
  stopAfterMs?: number,
): Promise<Ran> {
  const directory = await mkdtemp(join(root, 'program-'));
  plant?.(directory);
  const written: Buffer[] = [];
  const program = await supervisor.start({
    name: 'guest.js',
    language: 'javascript',
    source: Buffer.from(source),
    args: [],
    restrictions: loadRestrictions(Buffer.from(restrictions)),
    directory,
    log: { write: (bytes) => void written.push(Buffer.from(bytes)), close: async () => undefined },
  });
  let timer: NodeJS.Timeout | undefined;
  program.on('state', (state) => {
    if (state === 'running' && stopAfterMs !== undefined) timer = setTimeout(() => program.stop(), stopAfterMs);
  });
  const outcome = await program.outcome;
  clearTimeout(timer);
  return { outcome, log: Buffer.concat(written).toString('latin1') };
}

t.test('what stops a program', { skip: lacks, timeout: 800_000 }, async (t) => {
  const root = t.testdir({ outside: { secret: 'of the host' } });
  const intact = await Supervisor.open();
  t.teardown(() => intact.close());
  /** The copy's supervisor, closed at the end of the test. */
  const without = async (t: Test, ...edits: readonly Edit[]) => {
    // Each its own path, or the modules of an earlier copy would be the ones that are loaded.
    const copy = await weakened(await mkdtemp(join(root, 'copy-')), edits);
    const supervisor = await copy.Supervisor.open();
    t.teardown(() => supervisor.close());
    return supervisor;
  };

  await t.test('the static check, then the empty global object, then the kernel', async (t) => {
    const names = `log(typeof process, typeof require, typeof Buffer, typeof WebAssembly, typeof eval, typeof Function);`;
    t.match((await run(intact, root, names)).outcome, { reason: 'unsafe', report: /process/ }, 'the check refuses it');
    const unchecked = await without(t, noCheck, onlyPermittedBound);
    t.match(
      (await run(unchecked, root, names)).log,
      /^(undefined ?){6}$/,
      'without it: the names lead nowhere, for globals are scrubbed',
    );
    const open = await without(t, noCheck, onlyPermittedBound, noScrub);
    t.match((await run(open, root, names)).log, /object .*function/, 'without both: the host realm is reached');
    const reads = `try { log(process.getBuiltinModule('node:fs').readFileSync('/etc/passwd', 'latin1')); } catch (error) { log(error.code); }`;
    t.match((await run(open, root, reads)).log, /^ENOENT/, 'and still no file: seccomp and the empty root');
    const kills = `process.kill(process.ppid, 9);`;
    t.match((await run(open, root, kills)).outcome.message, /forbidden system call/, 'and no signal: seccomp');
    const forks = `process.getBuiltinModule('node:child_process').spawnSync('/bin/sh');`;
    t.not(endingOf((await run(open, root, forks)).outcome), 'exited', 'and no process: seccomp');
  });

  await t.test('the hardened language, then the process', async (t) => {
    const pollutes = `let changed = 0;
      try { Object.prototype.polluted = 'yes'; changed += 1; } catch {}
      try { Array.prototype.push = () => 'mine'; changed += 1; } catch {}
      try { Promise.prototype.then = null; changed += 1; } catch {}
      log(changed);`;
    const looks = `log(({}).polluted, [].push === Array.prototype.push && [].push(1));`;
    t.match((await run(intact, root, pollutes)).log, /^0/, 'nothing can be changed');
    const soft = await without(t, ...noHardening);
    const { log, outcome } = await run(soft, root, pollutes);
    t.ok(/^[123]/.test(log) || outcome.reason === 'crashed', 'without it: shared prototypes are changed', {
      log,
      outcome: outcome.message,
    });
    t.match(
      (await run(soft, root, looks)).log,
      /^undefined 1/,
      'but no other program sees it: each is a process of its own',
    );
    t.equal(Reflect.get({}, 'polluted'), undefined, 'nor does the supervisor');
  });

  await t.test("the API's check in the child, then the supervisor's", async (t) => {
    const misuses = `const file = await openfile('f', true);
      const results = [];
      for (const misuse of [() => openfile('x'.repeat(200), true), () => file.readat(10, -5), () => file.writeat('x', -1), () => openfile('g', 'yes')])
        results.push(await misuse().then(() => 'done', (error) => error.name));
      log(results.join());`;
    const refused = /^RepyArgumentError,RepyArgumentError,RepyArgumentError,RepyArgumentError/;
    t.match((await run(intact, root, misuses)).log, refused);
    t.match(
      (await run(await without(t, noChildCheck), root, misuses)).log,
      refused,
      "without the child's: the supervisor refuses the same",
    );
    const { log, outcome } = await run(await without(t, noChildCheck, noSupervisorCheck), root, misuses);
    t.notMatch(log, refused, "without both: it isn't refused as wrong arguments any more");
    t.match(
      endingOf(outcome),
      /^(supervisor|crashed|exited)$/,
      `but ends in one program's trouble: ${outcome.message}`,
    );
    t.match((await run(intact, root, `log('fine')`)).log, /fine/, 'others go on');
  });

  await t.test("the check of file names, then the native part's", async (t) => {
    const climbs = `const file = await openfile('../outside/secret', false).catch((error) => { log(error.name); exitall(); });
      log(await file.readat(100, 0));`;
    t.match((await run(intact, root, climbs)).log, /^RepyArgumentError/);
    const { log, outcome } = await run(await without(t, inOneStep, noNameCheck), root, climbs);
    t.equal(log, '', 'without it: nothing is read');
    t.equal(endingOf(outcome), 'supervisor', `one program ends: ${outcome.message}`);
    const names = [noNameCheck, noNativeNameCheck];
    t.match(
      (await run(await without(t, inOneStep, ...names), root, climbs)).log,
      /^of the host/,
      'without both: a file of the host is read',
    );
    t.match(
      (await run(await without(t, inThePool, noNameCheck), root, climbs)).log,
      /^of the host/,
      'in the thread pool nothing stands behind it',
    );
  });

  for (const [how, { way, lookThroughLinks, followLinks }] of Object.entries(waysToOpen)) {
    await t.test(`the look at what a name is, then the open that follows no link: ${how}`, async (t) => {
      const follows = `log(await openfile('link', false).then((file) => file.readat(100, 0), (error) => error.name));`;
      const plant = (directory: string) => symlinkSync(join(root, 'outside/secret'), join(directory, 'link'));
      const tryWithout = async (...edits: Edit[]) =>
        (await run(await without(t, way, ...edits), root, follows, narrowRestrictions, plant)).log;
      t.match(await tryWithout(), /^FileNotFoundError/);
      t.match(await tryWithout(lookThroughLinks), /^FileNotFoundError/, 'without the look: the open follows no link');
      t.match(await tryWithout(followLinks), /^FileNotFoundError/, 'without that: the look sees the link');
      t.match(
        await tryWithout(lookThroughLinks, followLinks),
        /^of the host/,
        'without both: a file of the host is read',
      );
    });
  }

  await t.test('the nanny', async (t) => {
    const slow = narrowRestrictions.replace('lograte 1000000000', 'lograte 1000');
    const floods = `for (let n = 0; n < 100; n += 1) await log('x'.repeat(100));`;
    t.match(
      (await run(intact, root, floods, slow, undefined, 1500)).outcome.reason,
      'stopped',
      '10 kB take 9 s at 1 kB a second',
    );
    const free = await without(t, noNanny);
    t.match(
      (await run(free, root, floods, slow, undefined, 60_000)).outcome.reason,
      'exited',
      'without it: nothing holds the program up',
    );
  });

  await t.test('the cgroups', async (t) => {
    /** What the operating system is told is a hundredfold of what the policy says. */
    const lax = await Supervisor.open({
      platform: {
        ...linux,
        async openLimiter(slot, choice) {
          const limiter = await linux.openLimiter(slot, choice);
          const { create } = limiter;
          limiter.create = (id, limits) =>
            create.call(limiter, id, { ...limits, cpu: 64, memory: limits.memory * 100 });
          return limiter;
        },
      },
    });
    t.teardown(() => lax.close());
    const spins = `for (;;);`;
    const tenth = narrowRestrictions.replace('cpu 2', 'cpu 0.1');
    const used = async (supervisor: Supervisor) =>
      (await run(supervisor, root, spins, tenth, undefined, 1500)).outcome.usage.cpuSeconds;
    const kept = await leastOf(0.3, () => used(intact));
    const busy = watchLoad();
    const exceeded = await used(lax);
    t.ok(kept < 0.3, `with them: ${kept} s of processor time in 1.5 s at a tenth`);
    const unjudged = busy();
    if (unjudged === undefined) t.ok(exceeded > 2 * kept, `without: ${exceeded} s`);
    else t.comment(`without: ${exceeded} s; ${unjudged}`);

    const hoards = `const kept = []; for (;;) kept.push(new Uint8Array(100000).fill(1));`;
    t.equal(endingOf((await run(intact, root, hoards)).outcome), 'limit memory');
    const hoarder = (await run(lax, root, hoards)).outcome;
    t.equal(
      endingOf(hoarder),
      'limit memory',
      'without them: the resource limit of the process, at twice the quota, stops it',
    );
    t.ok(hoarder.usage.memoryPeakBytes > 15_000_000, `having used ${hoarder.usage.memoryPeakBytes} of 15000000`);
  });
  t.equal(readFileSync(join(root, 'outside/secret'), 'utf8'), 'of the host');
});
