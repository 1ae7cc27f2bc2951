/** For tests of what an ordinary user can do, on hosts where the tests run as root: the file runs itself once more as somebody else. */
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import type { Test } from 'tap';
import { addonPath } from '../../seccomp/native/addon.js';

/** Nobody's, and another in test files that run side by side. */
const uid = 800_000_000 + process.pid;

/** Why no ordinary user can run tests here; false when one can. */
export function ordinaryUserLacks(): string | false {
  if (process.platform !== 'linux') return 'needs Linux';
  if (process.geteuid?.() !== 0) return false;
  const { failed } = execaSync('test', ['-r', addonPath], { uid, gid: uid, reject: false });
  return failed && 'needs a checkout that other users can read';
}

export const isOrdinaryUser = process.geteuid?.() !== 0;

/** Runs a compiled test file as an ordinary user without groups; its failures are the caller's. Its TAP stream is returned. */
export async function runAsOrdinaryUser(t: Test, url: string, env: Record<string, string> = {}): Promise<string> {
  // The tests' own directory is root's alone.
  const home = mkdtempSync('/tmp/repyard-ordinary-');
  chownSync(home, uid, uid);
  t.teardown(() => rmSync(home, { recursive: true, force: true }));
  const { exitCode, stdout, stderr } = await execa(process.execPath, [fileURLToPath(url)], {
    uid,
    gid: uid,
    cwd: home,
    env: { PATH: process.env.PATH ?? '', TAP: '1', TAP_TIMEOUT: '250', HOME: home, TMPDIR: home, ...env },
    extendEnv: false,
    reject: false,
  });
  t.equal(exitCode, 0, `as uid ${uid}`);
  t.match(stdout, /^# \{ total: [1-9]/m, 'with tests in it');
  if (exitCode !== 0) t.comment(`${stdout}\n${stderr}`);
  return stdout;
}
