/**
 * Each rule of the policy is needed: guests that do all that guests do, in children whose filter tells which case decided. A case that
 * none of them reaches says so in the policy, and why it is there. And none of them reaches a call that no rule names.
 */
import '../support/untapped.js';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { type Profile, profiles } from '../../restrictions/profile.js';
import { hardenedPolicy, jitPolicy } from '../../seccomp/policy.js';
import type { Architecture } from '../../seccomp/syscalls.js';
import type { Program } from '../../supervisor/index.js';
import { createLauncher } from '../../supervisor/launch/create-launcher.js';
import { linux } from '../../supervisor/platform/linux.js';
import type { Platform } from '../../supervisor/platform/platform.js';
import { buildNative, lack } from '../hostile/native/build.js';
import { until } from '../support/patience.js';
import { openYard } from '../support/yard.js';
import { guests } from './guests.js';
import { MarkedPolicy, Tracer, zygotes } from './marked-policy.js';

const source = fileURLToPath(new URL('../../../test/fixtures/seccomp/hits.c', import.meta.url));
const architecture = process.arch as Architecture;
const marked = {
  jit: new MarkedPolicy(jitPolicy, architecture),
  hardened: new MarkedPolicy(hardenedPolicy, architecture),
};

/** What `ends` doesn't say: memory faults, and giving up in native code. */
const crashes = ['half a frame and a crash'];

for (const profile of profiles) {
  t.test(`${profile}: each rule is needed, and no other`, { skip: lack, timeout: 800_000 }, async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'repyard-needs-'));
    t.teardown(() => rm(directory, { recursive: true, force: true }));
    const program = join(directory, 'hits');
    await execa('cc', ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror', '-o', program, source]);
    const filters = { jit: marked.jit.filter, hardened: marked.hardened.filter };
    const platform: Platform = { ...linux, createLauncher: (tuning) => createLauncher({ ...tuning, filters }) };
    const yard = await openYard({ platform });
    t.teardown(() => yard.close());
    const launcher = { startTimeoutMs: 120_000, runtime: await buildNative(directory, 'takeover.c') };
    const native = await openYard({ platform, launcher });
    t.teardown(() => native.close());
    const memories = [...new Set(guests.map(({ memory }) => memory))];
    await Promise.all(memories.map((memory) => yard.supervisor.warm(memory, profile)));
    await native.supervisor.warm(memories[0]!, profile);
    const tracers = await Promise.all(zygotes().map((pid) => Tracer.follow(program, pid, marked[profile])));
    t.equal(tracers.length, memories.length + 1, 'every zygote is followed');

    for (const { about, language, source, memory, ends } of guests) {
      const options = { language, name: about, restrictions: restrictionsOf(profile, memory) };
      const { reason, message, report } = await (await yard.start(source, options)).outcome;
      t.equal(reason, ends, `${language}, ${about}: ${message} ${report ?? ''}`);
    }
    for (const act of crashes) {
      const restrictions = restrictionsOf(profile, memories[0]!);
      const { reason, message } = await (await native.start(`act:${act};`, { name: act, restrictions })).outcome;
      t.equal(reason, 'crashed', message);
      t.notMatch(message, /forbidden/, 'a crash is told as a crash');
    }
    await stopAndContinue(
      await yard.start('await sleep(3); log(1);', { restrictions: restrictionsOf(profile, memories[0]!) }),
    );

    const hits = await Promise.all(tracers.map((tracer) => tracer.finish()));
    t.same([...new Set(hits.flatMap(({ outside }) => outside))], [], 'no call that no rule names');
    for (const [number, { name, index, decided }] of marked[profile].cases.entries()) {
      const count = hits.reduce((sum, { cases }) => sum + (cases.get(number) ?? 0), 0);
      const what = `${name}, case ${index}: ${decided.verdict}, ${count} times`;
      t.ok(count > 0 || decided.unseen !== undefined, `${what}: ${decided.unseen ?? decided.why}`);
      if (count > 0 && decided.unseen !== undefined) t.comment(`${what}: here it is seen`);
    }
  });
}

const restrictionsOf = (profile: Profile, memory: number): string =>
  JSON.stringify({
    resources: {
      ...{ cpu: 2, memory, diskused: 1e7, events: 10, filesopened: 5 },
      ...Object.fromEntries(['lograte', 'random', 'fileread', 'filewrite'].map((name) => [name, 'unlimited'])),
    },
    profile,
  });

/** In the middle of a wait, as the polling limiter does. */
async function stopAndContinue(program: Program): Promise<void> {
  await until(() => program.state === 'running' || program.state === 'ended', { everyMs: 2 });
  const { pid } = program.status();
  const stands = (letters: RegExp) => until(() => letters.test(readFileSync(`/proc/${pid}/stat`, 'latin1')));
  // A SIGCONT would cancel a SIGSTOP that it hasn't met yet.
  if (!(await stands(/\) S /))) throw new Error('it does not wait');
  process.kill(pid!, 'SIGSTOP');
  if (!(await stands(/\) [Tt] /))) throw new Error('it does not stop');
  process.kill(pid!, 'SIGCONT');
  const { reason, message } = await program.outcome;
  if (reason !== 'exited') throw new Error(message);
}
