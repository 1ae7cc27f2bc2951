/** What everything else stands on: the system, the engine, the addon, the zygote. */
import { existsSync } from 'node:fs';
import { release, type } from 'node:os';
import { execa } from 'execa';
import { addonPath, loadNative } from '../../../seccomp/native/addon.js';
import { probePath } from '../../../seccomp/native/probe.js';
import { engineVersion } from '../../launch/engine.js';
import { compileFilters } from '../../launch/filters.js';
import type { Patient } from '../patient.js';
import { enforced, type Finding, missing, missingBecause, weaker } from '../report.js';

export async function lookAtSystem(): Promise<Finding> {
  const kernel = release();
  // The first WSL is no Linux kernel, and tells so by its capital.
  if (kernel.includes('Microsoft')) {
    return missing(`WSL 1 (${kernel}) has no namespaces`, 'wsl --set-version DISTRIBUTION 2');
  }
  compileFilters();
  return enforced(`Linux ${kernel} on ${process.arch}, which there is a seccomp policy for`);
}

/** Of another system than Linux. */
export async function lookAtOtherSystem(): Promise<Finding> {
  return weaker(
    `${type()} ${release()} on ${process.arch}: what confines programs on Linux isn't all there`,
    'run repyard on Linux, or in WSL 2',
  );
}

export async function lookAtEngine({ options: { platform } }: Patient): Promise<Finding> {
  const fix = `npm install --include=optional, which brings the pinned engine, node ${engineVersion}`;
  try {
    const path = platform.enginePath();
    const { stdout } = await execa(path, ['--version'], { timeout: 10_000, env: {}, extendEnv: false });
    if (platform.kind === 'other')
      return enforced(`node ${stdout.slice(1)}, the host's own: none is pinned for this system`);
    if (stdout === `v${engineVersion}`) return enforced(`node ${engineVersion}, the pinned one`);
    return missing(`${path} says that it is ${stdout}, where ${engineVersion} is needed`, fix);
  } catch (error) {
    return missingBecause(error, fix);
  }
}

export async function lookAtAddon(): Promise<Finding> {
  const compiler = await execa('cc', ['--version'], { reject: false, timeout: 10_000 });
  const install = 'install a C compiler (apt-get install build-essential, dnf install gcc make, apk add build-base)';
  const needed = compiler.failed ? [install] : [];
  const absent = [addonPath, probePath].find((path) => !existsSync(path));
  if (absent !== undefined) return missing(`${absent} was not built`, ...needed, 'make build');
  try {
    const steps = loadNative().supervisor.lockSteps.length;
    return enforced(`built and loaded; a child locks itself in ${steps} steps`);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return missing(`it was built for another system: ${cause}`, ...needed, 'make clean build on this host');
  }
}

export async function lookAtZygote(patient: Patient): Promise<Finding> {
  const begun = performance.now();
  const canary = await patient.canary();
  const { engine, compiles } = await canary.see();
  const ms = performance.now() - begun;
  if (engine !== engineVersion || !compiles) return missing(`its children run node ${engine}, not the pinned engine`);
  return enforced(
    `one thread in a world of its own; a canary was forked, locked and answered after ${ms.toFixed(0)} ms`,
  );
}
