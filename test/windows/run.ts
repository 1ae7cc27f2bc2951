/**
 * Runs the tests of Windows on Wine: `make test-windows`. They run for real in a Node for Windows; what Wine doesn't enforce is skipped
 * by them, with its name and the reason. Ends with `N passed, N failed, N skipped`; where there is no Wine, every file counts as skipped.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, realpathSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { Parser } from 'tap-parser';
import { messageOf } from '../../supervisor/errors.js';
import { type Counts, count, countsLine, noCounts } from '../support/tap-counts.js';
import { engine, fillCache, modules, wineEnvironment } from './cache.js';

/** Below dist/test/. */
const files = [
  'platform/windows/layout',
  'seccomp/native/sockets',
  'windows/slots',
  'windows/processes',
  'windows/limits',
  'windows/guests',
  'windows/commands',
];
/** For one file, on a host that has much else to do. */
const timeoutMs = 600_000;

const chosen = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), 'repyard-windows-'));
const total = noCounts();

/** The name that Wine has for a file of this host. */
const windowsPath = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

async function lack(): Promise<string | undefined> {
  if ((await execa('wine', ['--version'], { reject: false })).failed)
    return 'Wine is missing (packages wine and wine64)';
  return undefined;
}

const url = (path: string): string => `${pathToFileURL(path).href.replace('file://', 'file:///Z:')}/`;
/** The one link among what the tests load: tap's own. */
const link = 'node_modules/@tapjs/test/test-built/node_modules/@tapjs/core';
const links = [[url(resolve(link)), url(realpathSync(link))]];

/** Node for Windows refuses a pipe of this host as its output: it gets a file, and nothing in between. */
async function runFile(name: string): Promise<{ text: string; exitCode: number | null }> {
  const output = join(temporary, 'output');
  const descriptor = openSync(output, 'w');
  const child = spawn('wine', [engine, '--import', './dist/test/windows/links.js', `dist/test/${name}.test.js`], {
    env: {
      ...process.env,
      ...wineEnvironment,
      NODE_PATH: windowsPath(modules),
      TAP: '1',
      TAP_TIMEOUT: String(timeoutMs / 1000),
      REPYARD_TEST_LIMITER: 'polling',
      REPYARD_TEST_LINKS: JSON.stringify(links),
    },
    stdio: ['ignore', descriptor, descriptor],
    timeout: timeoutMs + 20_000,
    killSignal: 'SIGKILL',
  });
  closeSync(descriptor);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { text: await readFile(output, 'utf8'), exitCode };
}

async function testFile(name: string): Promise<Counts> {
  const started = performance.now();
  const { text, exitCode } = await runFile(name);
  const counts = noCounts();
  const parser = new Parser();
  count(parser, counts);
  parser.end(text);
  if ((exitCode !== 0 || counts.passed + counts.skipped === 0) && counts.failed === 0) counts.failed += 1;
  if (counts.failed > 0) console.log(text);
  for (const line of text.split('\n').filter((each) => /# SKIP/.test(each))) console.log(`  skipped: ${line.trim()}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${counts.failed > 0 ? 'FAILED' : 'ok    '} test/${name}.test.js ${seconds}s`);
  return counts;
}

const reason = await lack();
if (reason === undefined) {
  try {
    await fillCache();
    // Starting it for each process would cost a second each time. It ends a minute after the last one, should nobody end it.
    await execa('wineserver', ['-p60'], { env: wineEnvironment, stdio: 'ignore' });
    for (const name of files.filter((each) => chosen.length === 0 || chosen.some((part) => each.includes(part)))) {
      const counts = await testFile(name);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  } catch (error) {
    console.log(`FAILED ${messageOf(error)}`);
    total.failed += 1;
  } finally {
    await execa('wineserver', ['-k'], { env: wineEnvironment, stdio: 'ignore', reject: false });
  }
} else {
  for (const name of files) console.log(`  skipped: test/${name}.test.js # SKIP ${reason}`);
  total.skipped += files.length;
}
rmSync(temporary, { recursive: true, force: true });
console.log(countsLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
