/**
 * Slots tell several supervisors on one host apart: each has its own number, and with it its own cgroups and uids.
 * A slot belongs to whoever holds the lock of its file. The lock goes with the process, however that ends, so a slot
 * whose lock is free belonged to a supervisor that is gone, and what its file lists may be removed.
 */
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNative, type SupervisorNative } from '../../seccomp/native/addon.js';
import { LimitsError } from './errors.js';
import { uidsPerSlot } from './uid-pool.js';

export interface YardSlot {
  readonly slot: number;
  /** The first of `uidsPerSlot` uids that are the slot's own. */
  readonly uidBase: number;
  /** Directories that earlier holders of this slot may have left. */
  readonly inherited: readonly string[];
  /** Notes directories that the slot's next holder has to remove if this one can't: call before making them. */
  record(directories: readonly string[]): void;
  /** Gives the slot back. Without `record([])` before, its file still lists what is there. */
  release(): void;
}

export interface SlotOptions {
  /** Where the lock files are; owned by this user, and writable for nobody else. */
  readonly directory?: string;
  readonly native?: Pick<SupervisorNative, 'lockFile' | 'close'>;
  /** Whether nobody else can write to the directory. Default: it is this user's, and closed to the others. */
  readonly isSafe?: (path: string) => boolean;
}

/** Far above the ids that distributions, containers and directory services give out, and below 2^31. */
const firstUid = 1_600_000_000;
const slots = 1024;

/** The name of a slot's groups, in every hierarchy. */
export const yardName = (slot: number): string => `repyard-${slot}`;
/** The group that a supervisor itself moves to where its own group must not hold processes. */
export const supervisorName = (slot: number): string => `repyard-${slot}-supervisor`;

/** The slot that a group's name belongs to. */
export function slotOfName(name: string): number | undefined {
  const [, digits] = /^repyard-(0|[1-9]\d{0,3})(?:-supervisor)?$/.exec(name) ?? [];
  return digits === undefined || Number(digits) >= slots ? undefined : Number(digits);
}

/** Takes the lowest free slot. Throws LimitsError: UNAVAILABLE for an unsafe directory, EXHAUSTED when all are taken. */
export function claimSlot(options: SlotOptions = {}): YardSlot {
  const directory = safeDirectory(options);
  for (let slot = 0; slot < slots; slot++) {
    const claimed = tryClaim(slot, directory, options.native ?? loadNative().supervisor);
    if (claimed !== undefined) return claimed;
  }
  throw new LimitsError('EXHAUSTED', `all ${slots} slots in ${directory} are taken by running supervisors`);
}

/** Takes each slot that has a file and a free lock, in turn; the caller releases it before it asks for the next. */
export function* claimAbandoned(options: SlotOptions = {}): Generator<YardSlot> {
  const directory = safeDirectory(options);
  for (const name of readdirSync(directory)) {
    const slot = slotOfName(name.replace(/\.lock$/, ''));
    if (slot === undefined) continue;
    const claimed = tryClaim(slot, directory, options.native ?? loadNative().supervisor);
    if (claimed !== undefined) yield claimed;
  }
}

function tryClaim(slot: number, directory: string, native: NonNullable<SlotOptions['native']>): YardSlot | undefined {
  const path = join(directory, `${yardName(slot)}.lock`);
  const descriptor = native.lockFile(path);
  if (descriptor === null) return undefined;
  let held = true;
  return {
    slot,
    uidBase: firstUid + slot * uidsPerSlot,
    inherited: readFileSync(path, 'utf8').split('\n').filter(Boolean),
    record(directories) {
      writeFileSync(path, directories.map((line) => `${line}\n`).join(''));
    },
    release() {
      if (held) native.close(descriptor);
      held = false;
    },
  };
}

function defaultDirectory(): string {
  if (process.getuid?.() === 0) return '/run/repyard';
  const { XDG_RUNTIME_DIR } = process.env;
  return XDG_RUNTIME_DIR ? join(XDG_RUNTIME_DIR, 'repyard') : join(tmpdir(), `repyard-${process.getuid?.()}`);
}

/** Others who could write there could take all slots, or have us remove groups of their choice. */
function safeDirectory({ directory: path = defaultDirectory(), isSafe = isOursAlone }: SlotOptions): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (!isSafe(path)) {
    throw new LimitsError('UNAVAILABLE', `${path} must be a directory that this user alone can write to`);
  }
  return path;
}

function isOursAlone(path: string): boolean {
  const status = lstatSync(path);
  return status.isDirectory() && status.uid === process.getuid?.() && (status.mode & 0o022) === 0;
}
