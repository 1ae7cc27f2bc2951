/** Compiles a native child of test/fixtures/hostile/, with a stand-in runtime beside it that hands it the locked process. */
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import { lacks } from '../../launch/support.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../test/fixtures/hostile/${name}`, import.meta.url));
const headers = fileURLToPath(new URL('../../../../node_modules/node-api-headers/include', import.meta.url));
const options = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror', '-fPIC', '-shared', '-DNAPI_VERSION=8'];

/** Why this host can't run these tests, or false. */
export const lack: string | false =
  lacks || (execaSync('cc', ['--version'], { reject: false }).failed && 'needs a C compiler');

/** The path of the runtime, in `directory`. */
export async function buildNative(directory: string, source: 'owned.c' | 'takeover.c'): Promise<string> {
  await execa('cc', [...options, '-isystem', headers, '-o', `${directory}/native.node`, fixture(source)]);
  copyFileSync(fixture('native-runtime.mjs'), `${directory}/native-runtime.mjs`);
  return `${directory}/native-runtime.mjs`;
}
