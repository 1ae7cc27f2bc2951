/** What log writes for a value: text as UTF-8, bytes as they are, everything else in a readable form. */
import { types } from 'node:util';
import { bytesToString } from './convert.js';
import { inspect } from './inspect.js';
import { encodeUtf8 } from './text-coding.js';

const { isProxy, isUint8Array } = types;
const ascii = /^[\0-\x7f]*$/;

/** Text as a byte string. */
export const textItem = (text: string): string => (ascii.test(text) ? text : bytesToString(encodeUtf8(text)));

/** A byte string. Runs none of the guest's code. */
export function logItem(value: unknown): string {
  if (typeof value === 'string') return textItem(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return `${value}`;
  if (typeof value === 'object' && !isProxy(value) && isUint8Array(value)) return bytesToString(new Uint8Array(value));
  return textItem(typeof value === 'bigint' ? `${value}` : inspect(value));
}
