/** A file system in memory with the behaviour of cgroup v1 and v2 that this project relies on, and failures on demand. */
import { dirname, join } from 'node:path/posix';
import type { ControlFiles } from '../../supervisor/limits/control-files.js';
import type { YardSlot } from '../../supervisor/limits/yard-slot.js';

const v2Root = '/cg';
/** Mount points of v1 are `/v1/CONTROLLER,CONTROLLER...`. */
const v1Root = '/v1';
const v1Files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cpu: {
    'cpu.cfs_period_us': '100000',
    'cpu.cfs_quota_us': '-1',
    'cpu.stat': 'nr_periods 0\nnr_throttled 0\nthrottled_time 0\n',
  },
  cpuacct: { 'cpuacct.usage': '0' },
  memory: {
    'memory.limit_in_bytes': '9223372036854771712',
    'memory.usage_in_bytes': '0',
    'memory.max_usage_in_bytes': '0',
    'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 0\n',
  },
  pids: { 'pids.max': 'max', 'pids.current': '1' },
};
const v2Files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    'cgroup.procs': '',
    'cgroup.subtree_control': '',
    'cgroup.freeze': '0',
    'cgroup.kill': '',
    'cpu.stat': 'usage_usec 0\nnr_throttled 0\nthrottled_usec 0\n',
  },
  cpu: { 'cpu.max': 'max 100000' },
  memory: {
    'memory.max': 'max',
    'memory.swap.max': 'max',
    'memory.oom.group': '0',
    'memory.current': '0',
    'memory.events': 'low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n',
  },
  pids: { 'pids.max': 'max', 'pids.current': '0' },
};

export function errno(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made by a test`), { code });
}

export class MemoryFiles implements ControlFiles {
  readonly texts: Map<string, string>;
  readonly signals: [number, string][] = [];
  readonly openDescriptors = new Map<number, string>();
  /** Called before each operation with its name and path; what it throws, the operation throws. */
  interfere: (operation: string, path: string, text?: string) => void = () => undefined;
  #next = 100;

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  /** Makes the v2 group `path` as the kernel would: with the files of the controllers that its parent hands down. */
  group(path: string, controllers: readonly string[]): void {
    for (const name of ['', ...controllers]) {
      for (const [file, text] of Object.entries(v2Files[name] ?? {})) this.texts.set(join(path, file), text);
    }
    this.texts.set(join(path, 'cgroup.controllers'), controllers.join(' '));
  }

  async makeDirectory(path: string): Promise<void> {
    this.interfere('mkdir', path);
    if (this.#directories().has(path)) throw errno('EEXIST');
    const handedDown = (this.texts.get(join(dirname(path), 'cgroup.subtree_control')) ?? '').split(' ').filter(Boolean);
    if (path.startsWith(v2Root)) this.group(path, handedDown);
    if (path.startsWith(v1Root)) this.#v1Group(path);
  }

  async removeDirectory(path: string): Promise<void> {
    this.interfere('rmdir', path);
    if (!this.#directories().has(path)) throw errno('ENOENT');
    if (this.texts.get(join(path, 'cgroup.procs')) !== '') throw errno('EBUSY');
    for (const file of this.texts.keys()) if (file.startsWith(`${path}/`)) this.texts.delete(file);
  }

  async subdirectories(path: string): Promise<string[]> {
    return [...this.#directories()]
      .filter((other) => dirname(other) === path)
      .map((other) => other.slice(path.length + 1));
  }

  async exists(path: string): Promise<boolean> {
    return this.texts.has(path) || this.#directories().has(path);
  }

  async writable(path: string): Promise<boolean> {
    try {
      this.interfere('access', path);
    } catch {
      return false;
    }
    return this.exists(path);
  }

  async read(path: string): Promise<string> {
    this.interfere('read', path);
    const text = this.texts.get(path);
    if (text === undefined) throw errno('ENOENT');
    return text;
  }

  async write(path: string, text: string): Promise<void> {
    this.interfere('write', path, text);
    const before = this.texts.get(path);
    if (before === undefined) throw errno('ENOENT');
    if (path.endsWith('/cgroup.subtree_control')) this.#handDown(path, text, before);
    else if (path.endsWith('/cgroup.procs')) this.#moveProcess(path, text);
    else if (path.endsWith('/cgroup.kill')) this.texts.set(join(dirname(path), 'cgroup.procs'), '');
    else if (path.endsWith('/memory.oom_control'))
      this.texts.set(path, `oom_kill_disable ${text}\nunder_oom 0\noom_kill 0\n`);
    else if (path.endsWith('/memory.max') || path.endsWith('.limit_in_bytes'))
      this.texts.set(path, `${Math.floor(Number(text) / 4096) * 4096}`);
    else this.texts.set(path, text);
  }

  async writeAndRead(path: string, text: string): Promise<string> {
    await this.write(path, text);
    return this.read(path);
  }

  open(path: string, purpose: 'read' | 'write' | 'directory'): number {
    this.interfere('open', path);
    if (purpose !== 'directory' && !this.texts.has(path)) throw errno('ENOENT');
    this.openDescriptors.set(++this.#next, path);
    return this.#next;
  }

  reread(descriptor: number): string {
    return this.texts.get(this.openDescriptors.get(descriptor)!)!;
  }

  close(descriptor: number): void {
    if (!this.openDescriptors.delete(descriptor)) throw errno('EBADF');
  }

  signal(pid: number, name: string): void {
    this.signals.push([pid, name]);
    if (name !== 'SIGKILL') return;
    for (const [path, text] of this.texts) {
      if (path.endsWith('/cgroup.procs')) this.texts.set(path, without(text, `${pid}`));
    }
  }

  #v1Group(path: string): void {
    const controllers = path.split('/')[2]!.split(',');
    const files = { 'cgroup.procs': '', tasks: '', ...Object.assign({}, ...controllers.map((name) => v1Files[name])) };
    for (const [file, text] of Object.entries<string>(files)) this.texts.set(join(path, file), text);
  }

  #handDown(path: string, text: string, before: string): void {
    const group = dirname(path);
    // The rule of no internal processes; the real root alone is exempt.
    if (text.includes('+') && group !== v2Root && this.texts.get(join(group, 'cgroup.procs')) !== '')
      throw errno('EBUSY');
    const handed = new Set(before.split(' ').filter(Boolean));
    for (const change of text.split(' ')) {
      if (change.startsWith('+')) handed.add(change.slice(1));
      else handed.delete(change.slice(1));
    }
    this.texts.set(path, [...handed].join(' '));
  }

  #moveProcess(path: string, pid: string): void {
    if (this.texts.get(join(dirname(path), 'cgroup.subtree_control'))) throw errno('EBUSY');
    for (const [other, text] of this.texts) {
      if (other.endsWith('/cgroup.procs')) this.texts.set(other, without(text, pid));
    }
    this.texts.set(path, `${this.texts.get(path)}${pid}\n`);
    const counter = join(dirname(path), 'pids.current');
    if (this.texts.has(counter)) this.texts.set(counter, '1');
  }

  #directories(): Set<string> {
    return new Set([...this.texts.keys()].map((file) => dirname(file)));
  }
}

function without(text: string, pid: string): string {
  const left = text.split('\n').filter((line) => line !== '' && line !== pid);
  return left.map((line) => `${line}\n`).join('');
}

/** Every group that exists. */
export function groupsOf(files: MemoryFiles): string[] {
  const suffix = '/cgroup.procs';
  return [...files.texts.keys()].filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
}

/** Slot 3, whose last holder left these directories. */
export function makeSlot(inherited: readonly string[] = []): YardSlot & { readonly recorded: readonly string[] } {
  const slot = { slot: 3, uidBase: 0, inherited, recorded: [...inherited], release: () => undefined };
  return Object.assign(slot, { record: (directories: readonly string[]) => (slot.recorded = [...directories]) });
}
