import { readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);

/** A file of the project, by its path from the root. */
export function projectFile(path: string): URL {
  return new URL(path, root);
}

export function readProjectFile(path: string): Uint8Array {
  return readFileSync(projectFile(path));
}
