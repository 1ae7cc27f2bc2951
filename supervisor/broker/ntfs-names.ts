/**
 * Names that mean something else on Windows than the file that a program asks for. RepyV2's own rule (`file-names.ts`) lets only lower-case
 * letters, digits and `._-` through, so that streams, separators, blanks and short names can't come here; this one doesn't count on it.
 * Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */
const devices = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])$/i;
/** Separators, streams (`:`), wildcards, and what no name may have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: names that are refused for having them
const forbidden = /[\u0000-\u001f<>:"/\\|?*]/;
/** An 8.3 name, which stands for another one. */
const short = /~\d/;

/** Why there can't be a file of that name, or undefined. */
export function ntfsRefusal(name: string): string | undefined {
  // `nul.txt`, and in older versions `nul .txt`, are the device as well.
  const [stem = ''] = name.split('.', 1);
  const base = stem.trimEnd();
  if (devices.test(base)) return `Filename is reserved by the operating system for the device '${base}'!`;
  if (forbidden.test(name)) return 'Filename has a character that the operating system gives a meaning!';
  if (/[. ]$/.test(name)) return 'Filename ends in a period or a blank, which the operating system drops!';
  if (short.test(name)) return 'Filename may be the short name of another file!';
  return undefined;
}
