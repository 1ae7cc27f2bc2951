import { readFileSync } from 'node:fs';

/** What stands in a text for bytes that are no UTF-8. */
const replacement = '\ufffd';

/**
 * The last words of this process's command line as the system has them: Node's own copy has lost what is no UTF-8, and a program's
 * arguments are bytes. A word that is UTF-8 stays text.
 */
export function rawArguments(words: readonly string[]): readonly (string | Uint8Array)[] {
  if (!words.some((word) => word.includes(replacement))) return words;
  const raw = split(commandLine()).slice(-words.length);
  // Another system, or not this process's own words (a test's): what there is.
  if (raw.length !== words.length || raw.some((bytes, index) => bytes.toString() !== words[index])) return words;
  return raw.map((bytes, index) => (bytes.equals(Buffer.from(words[index]!)) ? words[index]! : bytes));
}

function commandLine(): Buffer {
  try {
    return readFileSync('/proc/self/cmdline');
  } catch {
    return Buffer.alloc(0);
  }
}

/** The words of a command line, each of which ends with a zero byte. */
function split(line: Buffer): Buffer[] {
  const words: Buffer[] = [];
  for (let at = 0; at < line.length; ) {
    const end = line.indexOf(0, at);
    if (end < 0) break;
    words.push(line.subarray(at, end));
    at = end + 1;
  }
  return words;
}
