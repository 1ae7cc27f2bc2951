/**
 * What compilers find in the addon's C: built for arm64, which no machine of ours is; looked through by gcc's analyzer; and the
 * arithmetic on guests' integers run with sanitizers.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import t, { type Test } from 'tap';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const native = join(root, 'seccomp/native');
const fixtures = join(root, 'test/fixtures');
const options = ['-std=c11', '-D_GNU_SOURCE', '-DNAPI_VERSION=8', '-Wall', '-Wextra', '-Werror', '-fPIC'];
const headers = ['-isystem', join(root, 'node_modules/node-api-headers/include')];

const has = (...words: [string, ...string[]]): boolean =>
  !execaSync(words[0], words.slice(1), { reject: false }).failed;
const isLinux = process.platform === 'linux';
const sources = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.c'));

const cross = 'aarch64-linux-gnu-gcc';
const lacksCross = isLinux && has(cross, '--version') ? false : `needs ${cross} (make native-arm64 installs it)`;
t.test('the addon is built for arm64 without a warning', { skip: lacksCross }, async (t) => {
  const out = t.testdir();
  const words = ['-C', native, `CC=${cross}`, `out=${out}`];
  const built = await execa('make', words, { env: { MAKEFLAGS: '' }, reject: false });
  t.equal(built.exitCode, 0, built.stderr);
  for (const name of ['repyard.node', 'probe.node']) {
    // The machine's number in an ELF header.
    t.equal(readFileSync(join(out, name)).readUInt16LE(18), 183, name);
  }
  // What tests compile for themselves.
  for (const folder of ['hostile', 'launch', 'seccomp']) {
    for (const name of sources(join(fixtures, folder))) {
      const file = join(fixtures, folder, name);
      const args = ['-std=gnu11', '-DNAPI_VERSION=8', '-Wall', '-Wextra', '-Werror', '-fPIC', '-I', native, ...headers];
      const { exitCode, stderr } = await execa(cross, [...args, '-c', '-o', '/dev/null', file], { reject: false });
      t.equal(exitCode, 0, `${name}: ${stderr}`);
    }
  }
});

/** What is meant to be as the analyzer says. */
const meant: Readonly<Record<string, string[]>> = { 'arena.c': ['-Wno-analyzer-malloc-leak'] };
const analyzes = isLinux && has('cc', '-fanalyzer', '-fsyntax-only', '-x', 'c', '/dev/null');
t.test(
  'the analyzer finds nothing',
  { skip: analyzes ? false : 'needs gcc with -fanalyzer', timeout: 120_000 },
  async (t) => {
    const analyze = (file: string, ...more: string[]) =>
      execa('cc', ['-O2', '-fanalyzer', ...options, ...more, ...headers, '-c', '-o', '/dev/null', file], {
        reject: false,
      });
    for (const name of sources(native)) {
      const { exitCode, stderr } = await analyze(join(native, name), ...(meant[name] ?? []));
      t.equal(exitCode, 0, `${name}: ${stderr}`);
    }
    const { stderr } = await analyze(join(native, 'arena.c'));
    t.match(stderr, /leak of/, 'it looks: it finds what arena.c means');
  },
);

const sanitizers = ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
function runtimeOf(): string {
  const { stdout } = execaSync('cc', ['-print-file-name=libasan.so'], { reject: false });
  return stdout ?? '';
}
const sanitizes =
  isLinux &&
  has('cc', '--version') &&
  runtimeOf().includes('/') &&
  has('cc', '-fsanitize=undefined', '-shared', '-o', '/dev/null', '-x', 'c', '/dev/null');

/** Builds the module from `bigint`, a file, and lets it divide. */
async function divide(t: Test, bigint: string, rounds: number) {
  const module = join(t.testdirName, 'bigint.node');
  const files = [bigint, join(native, 'js.c'), join(fixtures, 'seccomp/bigint-alone.c')];
  await execa('cc', [...sanitizers, ...options, '-I', native, ...headers, '-shared', '-o', module, ...files]);
  return execa(process.execPath, [join(fixtures, 'seccomp/divide.mjs'), module, '1', String(rounds)], {
    env: { LD_PRELOAD: runtimeOf(), ASAN_OPTIONS: 'detect_leaks=0' },
    reject: false,
  });
}

t.test(
  'division under sanitizers',
  { skip: sanitizes ? false : 'needs a compiler with sanitizers', timeout: 120_000 },
  async (t) => {
    await t.test('reads and writes where it may, overflows nowhere, and is right', async (t) => {
      t.testdir();
      const { exitCode, stdout, stderr } = await divide(t, join(native, 'bigint.c'), 2000);
      t.equal(stdout, '2000 right', stderr);
      t.equal(exitCode, 0);
    });

    await t.test('they look: a buffer without room for the last block is found', async (t) => {
      const text = readFileSync(join(native, 'bigint.c'), 'utf8');
      const smaller = text.replace('MOST_WORDS / BLOCK + LANES }', 'MOST_WORDS / BLOCK }');
      t.not(smaller, text);
      t.testdir();
      writeFileSync(join(t.testdirName, 'bigint.c'), smaller);
      const { exitCode, stderr } = await divide(t, join(t.testdirName, 'bigint.c'), 2000);
      t.match(stderr, /AddressSanitizer: global-buffer-overflow|runtime error: index/);
      t.not(exitCode, 0);
    });
  },
);
