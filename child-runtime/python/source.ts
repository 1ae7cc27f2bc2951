import { Buffer } from 'node:buffer';
import { ProgramError } from './syntax-error.js';

/**
 * The bytes of a program as text: one char (0 to 255) a byte, since RepyV2 takes any byte in a string literal as itself.
 */
export function bytesToText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/**
 * Line ends as CPython's tokenizer sees them. RepyV2 turns CRLF into LF; then CPython itself turns CRLF and CR into LF, so that
 * CR CR LF is one line end. The text ends with a line end. A NUL byte is refused in the words of `compiler.parse`.
 */
export function normalizeSource(text: string): string {
  if (text.includes('\0')) {
    throw new ProgramError('TypeError', 'suite() argument 1 must be string without null bytes, not str');
  }
  const unix = text.includes('\r') ? text.replace(/\r\n/g, '\n').replace(/\r\n?/g, '\n') : text;
  return unix.endsWith('\n') ? unix : `${unix}\n`;
}
