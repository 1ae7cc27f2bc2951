/** Which cgroup hierarchies this process can see, and where its own group is in each. */
import { join, relative } from 'node:path/posix';
import type { ControlFiles } from './control-files.js';

export interface Hierarchy {
  readonly version: 1 | 2;
  /** v1: those mounted together here. v2: those available in the own group. */
  readonly controllers: readonly string[];
  readonly mountPoint: string;
  /** The directory of the group that the supervisor is in. */
  readonly ownGroup: string;
}

/** Reads /proc/self/mountinfo and /proc/self/cgroup (proc(5), cgroups(7)). */
export async function readHierarchies(files: ControlFiles, processDirectory = '/proc/self'): Promise<Hierarchy[]> {
  const [mounts, memberships] = await Promise.all([
    files.read(join(processDirectory, 'mountinfo')),
    files.read(join(processDirectory, 'cgroup')),
  ]);
  const found = parseHierarchies(mounts, memberships);
  return Promise.all(found.map((hierarchy) => withAvailableControllers(files, hierarchy)));
}

export function parseHierarchies(mountinfo: string, memberships: string): Hierarchy[] {
  const members = memberships.split('\n').flatMap(parseMembership);
  const found: Hierarchy[] = [];
  for (const line of mountinfo.split('\n')) {
    const mount = parseMount(line);
    if (mount === undefined) continue;
    const member = members.find(({ names }) =>
      mount.version === 2
        ? names.length === 0
        : names.length > 0 && names.every((name) => mount.options.includes(name)),
    );
    if (member === undefined) continue;
    // A container may see only part of the tree: the mount then shows `root`, and groups outside of it can't be reached.
    const inside = relative(mount.root, member.path);
    if (inside.startsWith('..')) continue;
    const ownGroup = join(mount.point, inside);
    const controllers = member.names.filter((name) => !name.startsWith('name='));
    const known = found.some(({ version, ownGroup: other }) => version === mount.version && other === ownGroup);
    if (!known) found.push({ version: mount.version, controllers, mountPoint: mount.point, ownGroup });
  }
  return found;
}

/** `5:cpu,cpuacct:/path`; v2 is `0::/path`. */
function parseMembership(line: string): { names: string[]; path: string }[] {
  const [, names, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
  if (names === undefined || path === undefined) return [];
  return [{ names: names === '' ? [] : names.split(','), path }];
}

function parseMount(line: string): { version: 1 | 2; root: string; point: string; options: string[] } | undefined {
  const [place = '', origin = ''] = line.split(' - ');
  const [, , , root, point] = place.split(' ');
  const [type, , options = ''] = origin.split(' ');
  if ((type !== 'cgroup' && type !== 'cgroup2') || root === undefined || point === undefined) return undefined;
  const version = type === 'cgroup' ? 1 : 2;
  return { version, root: unescapeOctal(root), point: unescapeOctal(point), options: options.split(',') };
}

/** mountinfo writes space, tab, newline and backslash as \040 and the like. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

async function withAvailableControllers(files: ControlFiles, hierarchy: Hierarchy): Promise<Hierarchy> {
  if (hierarchy.version === 1) return hierarchy;
  const available = await files.read(join(hierarchy.ownGroup, 'cgroup.controllers')).catch(() => '');
  return { ...hierarchy, controllers: available.split(/\s+/).filter(Boolean) };
}
