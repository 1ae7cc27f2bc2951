/** The walls around each child, as the kernel tells them of a canary that was locked like any guest. */
import type { Profile } from '../../../restrictions/profile.js';
import type { Architecture } from '../../../seccomp/syscalls.js';
import { compileFilters } from '../../launch/filters.js';
import { type Attempt, foretell, isAsTold } from '../attempts.js';
import type { Canary } from '../canary.js';
import { lookAt, type Outside, ownNamespaces, processesOf, rightsOf } from '../outside.js';
import { customary, type Patient } from '../patient.js';
import { enforced, type Finding, missing, weaker } from '../report.js';

const unseen = 'an ordinary user may not look closer at a process that hides its memory';

async function outsideOf(patient: Patient): Promise<Outside> {
  return lookAt((await patient.canary()).pid);
}

export async function lookAtNamespaces(patient: Patient): Promise<Finding> {
  const { inner } = await outsideOf(patient);
  if (inner === undefined) {
    return enforced(`the zygote made its own and entered an empty root, or would not serve; ${unseen}`);
  }
  const shared = ownNamespaces.filter((kind) => !inner.namespaces.includes(kind));
  if (shared.length > 0) return missing(`${shared.join(', ')} of a child are those of this process`);
  if (inner.root.length > 0) return missing(`a child's root is not empty: it has ${inner.root.slice(0, 3).join(', ')}`);
  const others = inner.interfaces.filter((name) => name !== 'lo');
  if (others.length > 0) return missing(`a child has the network interface ${others[0]}`);
  return enforced('its own mounts, network, IPC and host name; an empty root; no network interface but its own lo');
}

/** Where children share a uid, the platform says what stands between them instead. */
export async function lookAtUid(patient: Patient): Promise<Finding> {
  const { status } = await outsideOf(patient);
  const { Uid = '', Gid = '', Groups = '' } = status;
  const walls = patient.options.platform.layers.filter(({ state }) => state === 'weaker');
  if (walls.length > 0) {
    const told = walls.map(({ accuracy }) => accuracy).join('; ');
    return weaker(told, 'run repyard as root, which gives each program a uid of its own');
  }
  const uids = Uid.split('\t');
  if (new Set([...uids, ...Gid.split('\t')]).size !== 1) return missing(`a child has the uids ${Uid} and gids ${Gid}`);
  if (Groups !== '') return missing(`a child is in the groups ${Groups}`);
  if (uids[0] === '0' || uids[0] === `${process.getuid?.()}`) return missing(`a child runs as uid ${uids[0]}`);
  const others = processesOf(uids[0] ?? '').length - 1;
  if (others > 0) return missing(`${others} other processes run as uid ${uids[0]}`);
  return enforced(`${uids[0]}, as gid too, and no group: no other process of this host has it`);
}

export async function lookAtCapabilities(patient: Patient): Promise<Finding> {
  const { status } = await outsideOf(patient);
  const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];
  const held = sets.filter((set) => !/^0+$/.test(status[set] ?? ''));
  if (held.length > 0)
    return missing(`a child has capabilities: ${held.map((set) => `${set} ${status[set]}`).join(', ')}`);
  if (status.NoNewPrivs !== '1') return missing('a child may get new privileges by running a program');
  return enforced('none in any of the five sets, and no way to new ones');
}

export async function lookAtProcess(patient: Patient): Promise<Finding> {
  const { status, inner } = await outsideOf(patient);
  if (status.Threads !== '1') return missing(`a child has ${status.Threads} threads`);
  if (inner === undefined) return enforced(`one thread; ${unseen}`);
  if (inner.descriptors.join() !== '3') return missing(`a child has the descriptors ${inner.descriptors.join(', ')}`);
  const shared = inner.maps.filter((mapping) => rightsOf(mapping).endsWith('s'));
  if (shared.length > 0) return missing(`a child shares memory: ${shared[0]}`);
  return enforced('one thread, one descriptor, no memory that is shared');
}

/** Of /proc/PID/status; the kernel's words for branches that are forgotten when another process runs, or need not be. */
const forgetful = /force disabled|conditional disabled|always disabled|not affected/;

export async function lookAtSpeculation(patient: Patient): Promise<Finding> {
  const canary = await patient.expendable('hardened');
  const { status } = lookAt(canary.pid);
  await canary.end();
  const said = status.SpeculationIndirectBranch ?? 'unknown to this kernel';
  if (forgetful.test(said))
    return enforced(`what a hardened child teaches the branch predictor is forgotten before others run (${said})`);
  return weaker(
    `the kernel keeps what a hardened child teaches the branch predictor (${said})`,
    'boot without mitigations=off and spectre_v2_user=off, with current microcode; on arm64 the kernel decides by itself',
  );
}

export async function lookAtFilter(patient: Patient): Promise<Finding> {
  const { status } = await outsideOf(patient);
  if (status.Seccomp !== '2')
    return missing(`the kernel says that a child is under no filter (Seccomp: ${status.Seccomp})`);
  return tryAll(patient, 'jit');
}

export async function lookAtHardened(patient: Patient): Promise<Finding> {
  const canary = await patient.expendable('hardened');
  const { compiles } = await canary.see();
  const { inner } = lookAt(canary.pid);
  await canary.end();
  const code = inner?.maps.filter((mapping) => /wx/.test(rightsOf(mapping))) ?? [];
  if (compiles || code.length > 0) return missing(`a hardened child can compile: ${code[0] ?? 'it has WebAssembly'}`);
  const tried = await tryAll(patient, 'hardened');
  if (tried.state !== 'enforced') return tried;
  const { reason, message } = await (await patient.programs()).run('log(6 * 7)', customary({}, 'hardened'));
  if (reason !== 'exited') return missing(`a hardened program ended so: ${message}`);
  return enforced(`a program ran without writable and executable memory; ${tried.what}`);
}

/** Every attempt in a child of this profile, a new one whenever an attempt ended the last. */
async function tryAll(patient: Patient, profile: Profile): Promise<Finding> {
  const plan = foretell(compileFilters()[profile], process.arch as Architecture);
  const wrong: string[] = [];
  const counts = { fatal: 0, refused: 0, allowed: 0 };
  let canary: Canary | undefined;
  for (const { attempt, number, verdict } of plan) {
    canary ??= await patient.expendable(profile);
    const fate = await canary.call(number, attempt.args);
    if (!isAsTold(verdict, fate)) wrong.push(`${tell(attempt)} gave ${fate} where the policy says ${verdict}`);
    if (typeof fate === 'string') canary = undefined;
    counts[typeof fate === 'string' ? 'fatal' : fate < 0 ? 'refused' : 'allowed'] += 1;
  }
  await canary?.end();
  if (wrong.length > 0) return missing(wrong.slice(0, 3).join('; '));
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return enforced(`${plan.length} system calls tried: ${told.join(', ')}, as the policy says`);
}

const tell = ({ want, name }: Attempt): string => `to ${want} (${name})`;
