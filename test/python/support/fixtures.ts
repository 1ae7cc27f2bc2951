import { readFileSync } from 'node:fs';

/** A recorded file of `test/fixtures/python/`, one char a byte. */
export function fixture(name: string): string {
  // Compiled tests lie in dist/test/python/support.
  return readFileSync(new URL(`../../../../test/fixtures/python/${name}`, import.meta.url), 'latin1');
}

/** Undoes the escapes `\n`, `\t`, `\xHH` of a program written on one line. */
export function unescapeProgram(line: string): string {
  return line.replace(/\\(?:n|t|x([0-9a-f]{2}))/g, (sequence, hex: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return sequence === '\\n' ? '\n' : '\t';
  });
}
