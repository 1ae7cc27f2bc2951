import { basename, dirname } from 'node:path';
import type { Naming } from '../platform/naming.js';

/** What two programs must not share. */
export interface Placed {
  readonly name: string;
  readonly directory: string;
  readonly log: string;
}

/**
 * The first thing that two programs of a yard would share, in words, or `undefined`. A shared directory, or a log inside a
 * directory, would let one program read or change what is the other's or the operator's. Or the first name that no file can have.
 */
export function conflict(given: readonly Placed[], { fold, refusal }: Naming): string | undefined {
  for (const { name, directory, log } of given) {
    for (const path of [directory, log]) {
      const why = refusal(basename(path));
      if (why !== undefined) return `'${name}' can't have ${path}: ${why}`;
    }
  }
  const programs = given.map(({ name, directory, log }) => ({ name, directory: fold(directory), log: fold(log) }));
  const names = new Set<string>();
  const logs = new Map<string, string>();
  const directories = new Map<string, string>();
  for (const { name, directory, log } of programs) {
    if (names.has(name)) return `two programs are called '${name}'`;
    names.add(name);
    const owner = directories.get(directory);
    if (owner !== undefined) return `'${name}' and '${owner}' have the same directory, ${directory}`;
    directories.set(directory, name);
    const writer = logs.get(log);
    if (writer !== undefined) return `'${name}' and '${writer}' have the same log, ${log}`;
    logs.set(log, name);
  }
  for (const { name, directory, log } of programs) {
    const outer = holder(directory, directories);
    if (outer !== undefined) return `the directory of '${name}' is inside that of '${outer}'`;
    const reader = holder(log, directories);
    if (reader !== undefined) return `the log of '${name}' is inside the directory of '${reader}'`;
  }
  return undefined;
}

/** Whose directory a path is inside of. */
function holder(path: string, directories: ReadonlyMap<string, string>): string | undefined {
  for (let above = dirname(path); ; above = dirname(above)) {
    const name = directories.get(above);
    if (name !== undefined || above === dirname(above)) return name;
  }
}
