/**
 * Runs the tests of limits on real cgroup v2, in two throw-away virtual machines at once: as root, and as a user in a delegated
 * subtree. Ends with `N passed, N failed, N skipped`; where no such machine can be started, the tests count as skipped, with the reason.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { Parser } from 'tap-parser';
import { type Counts, count, countsLine, noCounts } from '../support/tap-counts.js';

type Mode = 'root' | 'user';

/** What each machine runs, below dist/test/: what meets the kernel. */
const files: Readonly<Record<Mode, readonly string[]>> = {
  root: [
    'limits/live',
    'limits/stale',
    'limits/yard-slot',
    'launch/cgroups',
    'supervisor/outcomes',
    'supervisor/live-change',
    'supervisor/cpu',
    'supervisor/extensions',
  ],
  user: [
    'limits/live',
    'limits/stale',
    'limits/yard-slot',
    'launch/siblings',
    'supervisor/rootless',
    'supervisor/outcomes',
    'supervisor/live-change',
    'supervisor/cpu',
    'supervisor/extensions',
  ],
};
/** The two machines share the host's processors with each other; measured: a minute and a half, where nothing else runs. */
const timeoutMs = 1_200_000;

/** Why no machine can be started here; undefined when one can. */
function lack(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'user-mode Linux is for Linux on x64';
  const missing = [
    ['/usr/bin/linux.uml', 'package user-mode-linux'],
    ['/usr/lib/uml/modules', 'package user-mode-linux'],
    ['/usr/sbin/insmod', 'package kmod'],
  ].find(([path]) => !existsSync(path!));
  if (missing !== undefined) return `${missing[0]} is missing (${missing[1]})`;
  try {
    accessSync('/dev/shm', constants.W_OK);
  } catch {
    return '/dev/shm, where its memory would be, is not writable';
  }
  return undefined;
}

interface File {
  readonly name: string;
  readonly lines: string[];
  exit?: number;
}

/** What the machine ran; `finished` when it came to its end. */
async function boot(mode: Mode): Promise<{ ran: File[]; finished: boolean; said: string }> {
  const names = files[mode].map((name) => `dist/test/${name}.test.js`);
  const script = fileURLToPath(new URL('../../../test/vm/boot.sh', import.meta.url));
  const machine = execa('bash', [script, mode, names.join(',')], {
    reject: false,
    timeout: timeoutMs,
    stdin: 'ignore',
    killSignal: 'SIGTERM',
    forceKillAfterDelay: 3000,
    buffer: { stdout: false },
  });
  const ran: File[] = [];
  let finished = false;
  for await (const line of createInterface({ input: machine.stdout! })) {
    const [, key, value = ''] = /^# (file|exit|done)(?:: (.*))?$/.exec(line) ?? [];
    if (key === 'file') ran.push({ name: value, lines: [] });
    else if (key === 'exit') ran.at(-1)!.exit = Number(value);
    else if (key === 'done') finished = true;
    else ran.at(-1)?.lines.push(line);
  }
  const { stderr, timedOut } = await machine;
  return { ran, finished, said: timedOut ? `not done within ${timeoutMs / 1000} s` : String(stderr) };
}

function countFile({ lines, exit }: File): Counts {
  const counts = noCounts();
  const parser = new Parser();
  count(parser, counts);
  for (const line of lines) parser.write(`${line}\n`);
  parser.end();
  if (exit !== 0 && counts.failed === 0) counts.failed += 1;
  return counts;
}

async function runIn(mode: Mode): Promise<Counts> {
  const counts = noCounts();
  const { ran, finished, said } = await boot(mode);
  for (const file of ran) {
    const each = countFile(file);
    counts.passed += each.passed;
    counts.failed += each.failed;
    counts.skipped += each.skipped;
    if (each.failed > 0) console.log(file.lines.join('\n'));
    for (const line of file.lines.filter((text) => /# SKIP/.test(text))) console.log(`  skipped: ${line.trim()}`);
    console.log(`${each.failed > 0 ? 'FAILED' : 'ok    '} ${mode}: ${file.name.replace(/^dist\//, '')}`);
  }
  if (finished) return counts;
  console.log(`FAILED ${mode}: the machine ended before its tests did: ${said}`);
  counts.failed += 1;
  return counts;
}

const modes: readonly Mode[] = ['root', 'user'];
const reason = lack();
const total = noCounts();
if (reason === undefined) {
  for (const counts of await Promise.all(modes.map(runIn))) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
} else {
  for (const mode of modes) {
    for (const name of files[mode]) {
      console.log(`  skipped: on cgroup v2 as ${mode}: test/${name}.test.ts # SKIP ${reason}`);
      total.skipped += 1;
    }
  }
}
console.log(countsLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
