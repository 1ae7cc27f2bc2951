import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path/posix';
import { type ControlFiles, kernelFiles } from '../limits/control-files.js';
import { readHierarchies } from '../limits/hierarchies.js';
import { type OwnLimits, readOwnLimits } from '../limits/own-limits.js';

export interface Amount {
  /** Cores, bytes or a count. Infinity when the host doesn't say. */
  readonly value: number;
  /** What sets it, for messages: `this host`, or the control file of a limit. */
  readonly source: string;
}

/** What all programs together can have. */
export interface Capacity {
  readonly cpu: Amount;
  readonly memory: Amount;
  readonly processes: Amount;
  /** Open descriptors of the supervisor. */
  readonly descriptors: Amount;
}

export interface CapacityOptions {
  readonly files?: ControlFiles;
  readonly processDirectory?: string;
  /** Cores and bytes of memory. */
  readonly readHost?: () => Promise<{ readonly cores: number; readonly memory: number }>;
}

const unlimited = { value: Number.POSITIVE_INFINITY };

/** The host's means, or those of the supervisor's own cgroups where these are tighter. Swap doesn't count as memory. */
export async function readCapacity(options: CapacityOptions = {}): Promise<Capacity> {
  const { files = kernelFiles, processDirectory = '/proc/self', readHost = askSystem } = options;
  const [host, own, kernel, descriptors] = await Promise.all([
    readHost(),
    readOwn(files, processDirectory),
    numberIn(files, '/proc/sys/kernel/pid_max'),
    openFilesLimit(files, processDirectory),
  ]);
  return {
    cpu: tighter(host.cores, 'this host', own.cpu),
    memory: tighter(host.memory, 'this host', own.memory),
    processes: tighter(kernel, 'kernel.pid_max', own.processes),
    descriptors: { value: descriptors, source: "the supervisor's limit of open files" },
  };
}

/** The processors that this process may run on. */
async function askSystem(): Promise<{ cores: number; memory: number }> {
  return { cores: availableParallelism(), memory: totalmem() };
}

/** Without cgroups (another system, or none mounted) nothing here limits. */
async function readOwn(files: ControlFiles, processDirectory: string): Promise<OwnLimits> {
  const hierarchies = await readHierarchies(files, processDirectory).catch(() => []);
  return hierarchies.length === 0
    ? { cpu: unlimited, memory: unlimited, processes: unlimited }
    : readOwnLimits(files, hierarchies);
}

function tighter(value: number, source: string, own: { readonly value: number; readonly source?: string }): Amount {
  return own.value < value ? { value: own.value, source: own.source ?? 'its cgroup' } : { value, source };
}

async function numberIn(files: ControlFiles, path: string): Promise<number> {
  const value = Number.parseInt(await files.read(path).catch(() => ''), 10);
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

/** The soft limit, which Node raises to the hard one when it starts. */
async function openFilesLimit(files: ControlFiles, processDirectory: string): Promise<number> {
  const text = await files.read(join(processDirectory, 'limits')).catch(() => '');
  const found = /^Max open files +(\d+)/m.exec(text);
  return found === null ? Number.POSITIVE_INFINITY : Number(found[1]);
}
