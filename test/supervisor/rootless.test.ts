/**
 * The whole product as an ordinary user: `repyard run` with a program in each language, its limits and what its outcome says of its walls.
 * In the virtual machine's delegated subtree the kernel keeps the limits; elsewhere, STOP and CONT.
 */
import '../support/untapped.js';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import type { Outcome } from '../../supervisor/index.js';
import { isOrdinaryUser, ordinaryUserLacks, runAsOrdinaryUser } from '../support/ordinary-user.js';
import { leastOf } from '../support/patience.js';
import { narrowRestrictions, openYard } from '../support/yard.js';

const repyard = fileURLToPath(new URL('../../../bin/repyard.js', import.meta.url));
const delegated = process.env.REPYARD_VM !== undefined;
const degraded = delegated ? [] : ['--allow-degraded'];

if (!isOrdinaryUser) {
  const skip = ordinaryUserLacks();
  t.test('as an ordinary user', { skip }, async (t) => {
    await runAsOrdinaryUser(t, import.meta.url);
  });
} else {
  const directory = mkdtempSync(join(tmpdir(), 'repyard-rootless-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));

  const run = async (name: string, source: string, options = degraded, restrictions = narrowRestrictions) => {
    writeFileSync(join(directory, 'restrictions'), restrictions);
    writeFileSync(join(directory, name), source);
    const command = [repyard, 'run', ...options, '--outcome', 'outcome', 'restrictions', name, 'an argument'];
    const { exitCode, stdout, stderr } = await execa(process.execPath, command, { cwd: directory, reject: false });
    const outcome = JSON.parse(readFileSync(join(directory, 'outcome'), 'utf8')) as Outcome;
    return { exitCode, stdout, stderr, outcome };
  };
  const programs: Record<string, string> = {
    'hello.js':
      "const file = await openfile('a', true); await file.writeat(callargs[0], 0); log(await file.readat(20, 0));",
    'hello.ts': 'const text: string = callargs[0]; log(text);',
    'hello.r2py': 'log(callargs[0])\n',
  };

  // The machine is slow: one of them tells as much there, and other files try the limits.
  const tried = delegated ? ['hello.r2py'] : Object.keys(programs);
  t.test('each language runs', async (t) => {
    for (const name of tried) {
      const { exitCode, stdout, stderr, outcome } = await run(name, programs[name]!);
      t.match({ exitCode, stdout }, { exitCode: 0, stdout: 'an argument' }, `${name} ${stderr}`);
      const states = Object.fromEntries(outcome.enforcement.map(({ resource, state }) => [resource, state]));
      const limits = delegated ? 'enforced' : 'polled';
      t.match(states, { uid: 'weaker', groups: 'weaker', cpu: limits, memory: limits, processes: 'enforced' }, name);
    }
  });

  t.test('a running guest is locked like any other', async (t) => {
    const yard = await openYard({ allowDegraded: true });
    t.teardown(() => yard.close());
    const guests = [
      await yard.start('await sleep(60);'),
      await yard.start('sleep(60)\n', { language: 'python', name: 'a.r2py' }),
    ];
    await yard.running(guests);
    for (const guest of guests) {
      const text = readFileSync(`/proc/${guest.status().pid}/status`, 'utf8');
      const status = Object.fromEntries(text.split('\n').map((line) => line.split(':\t', 2) as [string, string]));
      const none = '0'.repeat(16);
      t.match(status, {
        Threads: '1',
        NoNewPrivs: '1',
        Seccomp: '2',
        CapInh: none,
        CapPrm: none,
        CapEff: none,
        CapBnd: none,
        CapAmb: none,
      });
      t.same(status.Uid!.split('\t'), Array(4).fill(String(process.getuid!())));
    }
  });

  if (!delegated) {
    t.test('limits that nobody keeps refuse a program, a shared uid does not', async (t) => {
      const { exitCode, stderr } = await run('hello.js', programs['hello.js']!, []);
      t.equal(exitCode, 3);
      t.match(stderr, /cpu is polled.*memory is polled.*--allow-degraded/);
      t.notMatch(stderr, /weaker/);
    });

    t.test('a memory hog ends at its limit', async (t) => {
      const source = 'const held = []; for (;;) held.push(new Array(1000).fill(0));';
      const hoard = async () => {
        const { exitCode, outcome } = await run('hog.js', source);
        t.match({ exitCode, outcome }, { exitCode: 98, outcome: { reason: 'limit', limit: { resource: 'memory' } } });
        return outcome.usage.memoryPeakBytes;
      };
      // What RepyV2 let through at worst.
      const most = 15_000_000 * 1.88;
      const peak = await leastOf(most, hoard);
      t.ok(peak <= most, `peak ${peak}`);
    });

    t.test('a busy loop gets its share', async (t) => {
      const source = 'while (getruntime() < 3);';
      /** Seconds of processor time in advance of its share. */
      const spend = async () => {
        const { outcome } = await run('busy.js', source, degraded, narrowRestrictions.replace('cpu 2', 'cpu 0.2'));
        t.equal(outcome.reason, 'exited');
        const seconds = (outcome.timings.ended - (outcome.timings.firstInstruction ?? 0)) / 1000;
        return outcome.usage.cpuSeconds - 0.2 * seconds * 1.05;
      };
      // The start counts too, and polling lets 0.1 s be used in advance.
      const ahead = await leastOf(0.12, spend);
      t.ok(ahead < 0.12, `${ahead} s ahead`);
    });
  }
}
