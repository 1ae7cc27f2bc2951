/**
 * What a program logs or is refused for, when it goes to an operator's terminal: its bytes could move the cursor, retitle the window, fill
 * the clipboard, or have the terminal answer as if the operator had typed. Files and pipes get the bytes as they are.
 */
import type { Writable } from 'node:stream';
import { sanitiseText } from './sanitise.js';

const isTerminal = (stream: Writable): boolean => 'isTTY' in stream && stream.isTTY === true;

/** Makes the next bytes for this stream fit to be shown; undefined where they may stay as they are. */
export function terminalFilter(stream: Writable): ((bytes: Uint8Array) => Uint8Array) | undefined {
  if (!isTerminal(stream)) return undefined;
  // A character may come in two pieces.
  const decoder = new TextDecoder();
  return (bytes) => Buffer.from(fit(decoder.decode(bytes, { stream: true })));
}

/** A whole text for this stream. */
export const terminalText = (stream: Writable, text: string): string => (isTerminal(stream) ? fit(text) : text);

const fit = (text: string): string => sanitiseText(text.replaceAll('\r\n', '\n'));
