/** TextEncoder and TextDecoder for UTF-8, by the engine's own conversions. A decoder also takes byte strings, as files give them. */
import { types } from 'node:util';
import { isByteString, readUtf8, utf8Length, writeLatin1, writeUtf8 } from '../../protocol/buffer-strings.js';

const { isArrayBuffer, isProxy, isUint8Array } = types;

export function encodeUtf8(text: string): Uint8Array {
  const length = utf8Length(text);
  const bytes = new Uint8Array(length);
  if (length > 0) writeUtf8(bytes, text, 0, length);
  return bytes;
}

/** A copy of the input's bytes, so that nothing that a guest does to its own object matters later. */
function bytesOf(input: unknown): Uint8Array {
  if (typeof input === 'string' && isByteString(input)) {
    const bytes = new Uint8Array(input.length);
    if (input !== '') writeLatin1(bytes, input, 0);
    return bytes;
  }
  if (typeof input === 'object' && input !== null && !isProxy(input) && (isUint8Array(input) || isArrayBuffer(input))) {
    return new Uint8Array(isArrayBuffer(input) ? input.slice(0) : input);
  }
  throw new TypeError('decode takes a Uint8Array, an ArrayBuffer or a string of bytes');
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

export class GuestTextEncoder {
  get encoding(): string {
    return 'utf-8';
  }

  encode(text: unknown = ''): Uint8Array {
    return encodeUtf8(String(text));
  }
}

export class GuestTextDecoder {
  readonly #fatal: boolean;
  readonly #ignoreBom: boolean;

  constructor(label: unknown = 'utf-8', options: { fatal?: unknown; ignoreBOM?: unknown } = {}) {
    const name = String(label).trim().toLowerCase();
    if (name !== 'utf-8' && name !== 'utf8') throw new RangeError(`The encoding ${name} is not known; utf-8 is`);
    this.#fatal = Boolean(options.fatal);
    this.#ignoreBom = Boolean(options.ignoreBOM);
  }

  get encoding(): string {
    return 'utf-8';
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBom;
  }

  decode(input: unknown = ''): string {
    const bytes = bytesOf(input);
    const text = bytes.length === 0 ? '' : readUtf8(bytes, 0, bytes.length);
    // What isn't UTF-8 was replaced, and then it doesn't encode to the same bytes again.
    if (this.#fatal && !sameBytes(encodeUtf8(text), bytes)) throw new TypeError('The bytes are not UTF-8');
    return !this.#ignoreBom && text.startsWith('\ufeff') ? text.slice(1) : text;
  }
}
