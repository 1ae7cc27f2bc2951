/** How the kernel describes a canary to others: /proc/PID, as proc(5) has it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The namespaces that a zygote makes for its children. */
export const ownNamespaces = ['mnt', 'net', 'ipc', 'uts'] as const;

export interface Outside {
  /** The fields of /proc/PID/status. */
  readonly status: Readonly<Record<string, string>>;
  /**
   * What only root may see of a process that isn't dumpable; undefined for ordinary users. The namespaces are those that differ from
   * this process's.
   */
  readonly inner?: {
    readonly namespaces: readonly string[];
    readonly root: readonly string[];
    readonly interfaces: readonly string[];
    readonly descriptors: readonly string[];
    readonly maps: readonly string[];
  };
}

export function lookAt(pid: number): Outside {
  const status = fieldsOf(readFileSync(`/proc/${pid}/status`, 'utf8'));
  try {
    return { status, inner: innerOf(pid) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM') return { status };
    throw error;
  }
}

function innerOf(pid: number): NonNullable<Outside['inner']> {
  const namespace = (process: number | string, kind: string) => readlinkSync(`/proc/${process}/ns/${kind}`);
  return {
    namespaces: ownNamespaces.filter((kind) => namespace(pid, kind) !== namespace('self', kind)),
    root: readdirSync(`/proc/${pid}/root`),
    interfaces: [...readFileSync(`/proc/${pid}/net/dev`, 'utf8').matchAll(/^ *([^\s:|]+):/gm)].map(([, name]) => name!),
    descriptors: readdirSync(`/proc/${pid}/fd`),
    maps: readFileSync(`/proc/${pid}/maps`, 'utf8').trim().split('\n'),
  };
}

/** The ids of all processes that this uid is the real one of. */
export function processesOf(uid: string): string[] {
  const own = new RegExp(`^Uid:\\t${uid}\\t`, 'm');
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return own.test(readFileSync(`/proc/${name}/status`, 'utf8'));
    } catch {
      // It has ended.
      return false;
    }
  });
}

/** `Name:\tvalue` lines. */
function fieldsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
    }),
  );
}

/** Rights of a mapping, from its line in /proc/PID/maps: for example `rw-p`. */
export const rightsOf = (mapping: string): string => mapping.split(' ')[1] ?? '';
