/**
 * What npm's installing runs on Linux: proves that the addon loads here, and builds it from its sources where the one
 * that was shipped doesn't (another architecture, an older libc).
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addonPath } from './addon.js';

const sources = fileURLToPath(new URL('../../../seccomp/native', import.meta.url));

/** Loads the addon in a process of its own: one that was loaded here stays, whatever is built later. Why it doesn't load; '' when it does. */
function fault(): string {
  const load = `process.dlopen({ exports: {} }, ${JSON.stringify(addonPath)})`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', load], { encoding: 'utf8' });
  return status === 0 ? '' : (/^Error: (.*)/m.exec(stderr)?.[1] ?? stderr.trim());
}

function build(): string {
  const headers = join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include');
  const { error, status, stdout, stderr } = spawnSync(
    'make',
    ['-C', sources, '--always-make', `headers=${headers}`, `out=${dirname(addonPath)}`],
    { encoding: 'utf8' },
  );
  if (error !== undefined) return `make: ${error.message}`;
  return status === 0 ? '' : `${stdout}${stderr}`.trim();
}

const unloadable = fault();
if (unloadable !== '') {
  const failed = build() || fault();
  if (failed !== '') {
    process.stderr.write(
      `${failed}\n\nrepyard: its native part doesn't work on this host (${unloadable}) and can't be built here, see above.\n` +
        'It needs make and a C compiler (Debian: apt-get install make gcc; Fedora: dnf install make gcc); then: npm rebuild repyard\n' +
        'For the type declarations of guests alone: npm install --ignore-scripts repyard\n',
    );
    process.exitCode = 1;
  }
}
