/** What a file of the corpus says: the attack, every ending that counts as contained, and what must be as before afterwards. */
import type { Language } from '../../protocol/messages.js';
import type { EndReason } from '../../supervisor/index.js';

/** `limit memory` and the like name the resource that ended the program. */
export type Ending = Exclude<EndReason, 'limit'> | `limit ${string}`;

/** Looked at after the attack; `directory` means that exactly `leaves` is in the program's own directory. */
export type Untouched = 'host files' | 'directory' | 'listener';

export interface Attack {
  /** What the attacker is after, or tries, in one sentence. */
  readonly aim: string;
  readonly language: Language;
  /** Logs a line with the word ESCAPED where the attack gets what it is after. */
  readonly source: string;
  readonly ends: readonly Ending[];
  /** What the log must show: that the attack was tried and how it was refused. */
  readonly logs?: RegExp;
  /** What the error report must show. */
  readonly reports?: RegExp;
  readonly untouched: readonly Untouched[];
  /** Lines that replace or add to the usual restrictions. */
  readonly restrictions?: readonly string[];
  readonly args?: readonly string[];
  /** What is in the directory before: contents of files, or targets of symbolic links. `OUTSIDE` is a directory of the host. */
  readonly planted?: Readonly<Record<string, { readonly file: string } | { readonly link: string }>>;
  readonly leaves?: readonly string[];
  /** For programs that never end by themselves: the operator stops them. `running`: as soon as they run. */
  readonly stopAfterMs?: number;
}
