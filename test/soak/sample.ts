/** What the host and the supervisor hold at a moment when no program but one runs: each figure must come back to what it was. */
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { uidsPerSlot } from '../../supervisor/limits/uid-pool.js';
import { readHostState } from '../hostile/host-state.js';
import { memoryInUse } from '../support/memory-in-use.js';

/** Exact: equal after every batch. */
export interface Counts {
  descriptors: number;
  groups: number;
  zombies: number;
  /** Processes of the slot's uids, whoever their parent is. */
  guests: number;
  /** Of Node's event loop: timers, handles, operations by their kinds. */
  activeResources: string;
  temporaryFiles: number;
  /** System V queues, semaphores and shared memory of the slot's uids. */
  ipcObjects: number;
  programFiles: number;
}

export interface Sample extends Counts {
  /** Programs until now. */
  programs: number;
  /** Zygotes that run, retired ones whose last child lives included. */
  zygotes: number;
  zygoteDescriptors: number;
  /** The largest resident size of a zygote, kB. */
  zygoteKib: number;
  /** Memory of the supervisor in use, bytes, after a collection. */
  used: number;
  resident: number;
}

/** `member`: the pid of the program that runs throughout. `root`: where the programs' directories are. */
export async function takeSample(programs: number, member: number, root: string): Promise<Sample> {
  const used = await memoryInUse();
  const state = readHostState(member);
  const zygotes = state.processes.filter(
    (pid) => read(`/proc/${pid}/cmdline`).includes('/bundled/zygote.cjs') && ownUid(pid) === 0,
  );
  const guestUid = ownUid(member);
  const base = guestUid - ((guestUid - 1_600_000_000) % uidsPerSlot);
  const ofSlot = (uid: number) => uid >= base && uid < base + uidsPerSlot;
  return {
    programs,
    descriptors: state.descriptors.length,
    groups: state.groups.length,
    zombies: state.zombies.length,
    guests: readdirSync('/proc').filter((name) => /^\d+$/.test(name) && ofSlot(ownUid(Number(name)))).length,
    activeResources: process.getActiveResourcesInfo().sort().join(' '),
    temporaryFiles: readdirSync(tmpdir()).length,
    ipcObjects: ['msg', 'sem', 'shm'].flatMap((kind) => ipcOwners(kind).filter(ofSlot)).length,
    programFiles: readdirSync(root).length,
    zygotes: zygotes.length,
    zygoteDescriptors: Math.max(0, ...zygotes.map((pid) => readdirSync(`/proc/${pid}/fd`).length)),
    zygoteKib: Math.max(
      0,
      ...zygotes.map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)),
    ),
    used,
    resident: process.memoryUsage.rss(),
  };
}

const ownUid = (pid: number): number => Number(/^Uid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? -1);

function ipcOwners(kind: string): number[] {
  const [head = '', ...lines] = read(`/proc/sysvipc/${kind}`).trim().split('\n');
  const column = head.trim().split(/\s+/).indexOf('uid');
  return lines.map((line) => Number(line.trim().split(/\s+/)[column]));
}

/** Empty for what has just gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
