/** The package as a newcomer gets it: packed, unpacked in an empty project, installed, run. */
import '../support/untapped.js';
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { limits, unable } from '../cli/repyard.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Packs, and unpacks beside links to this clone's packages, which are what npm would install. Returns the project. */
async function project(directory: string): Promise<string> {
  await execa('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory], { cwd: root });
  const [packed = ''] = readdirSync(directory).filter((name) => name.endsWith('.tgz'));
  await execa('tar', ['xzf', packed], { cwd: directory });
  // It would count against the program's disk quota.
  rmSync(join(directory, packed));
  const modules = join(directory, 'node_modules');
  await execa('mkdir', [modules]);
  await execa('mv', ['package', join(modules, 'repyard')], { cwd: directory });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.') && name !== 'repyard') {
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
  }
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  return directory;
}

t.test('the packed package', { skip: process.platform === 'linux' ? false : 'Linux is needed' }, async (t) => {
  const directory = await project(
    t.testdir({ 'small.restrictions': limits, 'hello.js': 'log("hello", callargs[0]);' }),
  );
  const installed = join(directory, 'node_modules/repyard');
  const addon = join(installed, 'dist/seccomp/native/repyard.node');
  const node = (script: string, args: readonly string[] = [], env: Record<string, string> = {}) =>
    execa(process.execPath, [join(installed, script), ...args], { cwd: directory, reject: false, env });

  await t.test('holds neither objects nor tests', async (t) => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    t.same(
      files.filter((name) => /\.o$|^(dist\/)?(test|bench)\/|tsbuildinfo/.test(name)),
      [],
    );
  });

  await t.test('keeps an addon that loads', async (t) => {
    t.match(await node('bin/install.js', [], { PATH: '' }), { exitCode: 0, stderr: '' });
  });

  await t.test('says what it needs when its addon does not load and cannot be built', async (t) => {
    rmSync(addon);
    const { exitCode, stderr } = await node('bin/install.js', [], { PATH: '' });
    t.equal(exitCode, 1);
    t.match(stderr, /needs make and a C compiler/);
    const { exitCode: code, stderr: told } = await node('bin/repyard.js', ['run', 'small.restrictions', 'hello.js']);
    t.ok(code !== 0, `exit status ${code}`);
    t.match(told, /npm rebuild repyard/);
  });

  await t.test('builds its addon', async (t) => {
    t.match(await node('bin/install.js'), { exitCode: 0, stderr: '' });
  });

  await t.test('runs a program', { skip: unable() }, async (t) => {
    t.match(await node('bin/repyard.js', ['run', 'small.restrictions', 'hello.js', 'world']), {
      exitCode: 0,
      stdout: 'hello world',
      stderr: '',
    });
  });

  await t.test('runs what README.md and docs/library.md show of the library', { skip: unable() }, async (t) => {
    const block = (file: string, after: string): string => {
      const text = readFileSync(join(root, file), 'utf8');
      return /```\w*\n([\s\S]*?)```/.exec(text.slice(text.indexOf(after)))?.[1] ?? '';
    };
    for (const file of ['hello.js', 'small.restrictions']) {
      const name = file === 'hello.js' ? '`hello.js`' : 'And what it may use';
      writeFileSync(join(directory, file), block('README.md', name));
    }
    writeFileSync(join(directory, 'readme.js'), block('README.md', '## In your own program'));
    writeFileSync(join(directory, 'library.js'), block('docs/library.md', '# The library'));
    const run = (file: string) => execa(process.execPath, [file], { cwd: directory, reject: false });
    t.match(await run('readme.js'), { exitCode: 0, stdout: 'hello, world', stderr: '' });
    const { exitCode, stdout, stderr } = await run('library.js');
    t.match({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    t.match(stdout, /^hello.js (stopped enough|exited .*)$/m);
    t.match(stdout, /^(44|0)$/m);
  });

  await t.test('has the declarations of guests and of the library', async (t) => {
    cpSync(join(root, 'test/fixtures/child-runtime/editor/guest.ts'), join(directory, 'guest.ts'));
    writeFileSync(
      join(directory, 'host.ts'),
      "import { type Outcome, Supervisor } from 'repyard';\n" +
        'export const reason = (outcome: Outcome): string => outcome.reason;\nexport const open: Promise<Supervisor> = Supervisor.open();\n',
    );
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--moduleDetection', 'force'];
    for (const [program = '', ...more] of [
      ['guest.ts', '--lib', 'es2022'],
      ['host.ts', '--types', 'node'],
    ]) {
      const { stdout, exitCode } = await execa(
        process.execPath,
        [join(root, 'node_modules/typescript/bin/tsc'), ...flags, '--ignoreConfig', ...more, program],
        { cwd: directory, reject: false },
      );
      t.match({ stdout, exitCode }, { stdout: '', exitCode: 0 }, program);
    }
  });
});
