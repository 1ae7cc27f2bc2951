import { RepyError } from '../../protocol/exceptions.js';

const disallowed = /[^a-z0-9._-]/;

/**
 * RepyV2's rule for file names: lower-case letters, digits, `.`, `_`, `-`, no leading period; the length is checked with
 * the other arguments. So a name has no slash, no NUL, and can't be `.` or `..`. `hostRefusal`: why this system has no file of such a
 * name, though RepyV2 allows it. Throws RepyArgumentError.
 */
export function checkFileName(name: string, hostRefusal: (name: string) => string | undefined): void {
  if (name === '' || name === '.' || name === '..') throw refused('Illegal filename provided!');
  const wrong = disallowed.exec(name);
  if (wrong !== null) throw refused(`Filename has disallowed character '${wrong[0]}'`);
  if (name.startsWith('.')) throw refused('Filename starts with a period, this is not allowed!');
  const why = hostRefusal(name);
  if (why !== undefined) throw refused(why);
}

const refused = (message: string): RepyError => new RepyError('RepyArgumentError', message);
