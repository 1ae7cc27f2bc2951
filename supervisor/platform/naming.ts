/** How systems read the names of files: what they take for the same, and what they have no file for. */
import { ntfsRefusal } from '../broker/ntfs-names.js';

export interface Naming {
  /** Why no file or directory can have this name, a single component; undefined when one can. */
  refusal(name: string): string | undefined;
  /** Two absolute paths that this makes equal may lead to the same file. Purely by their text: links aren't looked at. */
  fold(path: string): string;
}

/** Names are bytes. */
export const byteNaming: Naming = { refusal: () => undefined, fold: (path) => path };

/** As macOS' file systems usually are; where they aren't, two names that differ in case alone are refused needlessly. */
export const caselessNaming: Naming = {
  refusal: () => undefined,
  fold: (path) => path.normalize('NFC').toLowerCase(),
};

export const ntfsNaming: Naming = {
  refusal: ntfsRefusal,
  // What most programs on Windows drop at the end of each part.
  fold: (path) => path.toLowerCase().replace(/[. ]+(?=[\\/]|$)/g, ''),
};
