import { RestrictionsSizeError } from './errors.js';
import { parseJsonPolicy } from './json-policy.js';
import { parseRepyV2Text } from './repyv2-text.js';
import type { Restrictions } from './restrictions.js';

/** Bytes of a restrictions file. Every port named in RepyV2's format takes 3 MiB. */
export const greatestFile = 4 << 20;

/**
 * Restrictions from the bytes of a file: a JSON policy if the first character is a brace or bracket, RepyV2's text otherwise.
 * Throws a RestrictionsError.
 */
export function loadRestrictions(bytes: Uint8Array): Restrictions {
  if (bytes.byteLength > greatestFile) {
    throw new RestrictionsSizeError(
      `The restrictions are ${bytes.byteLength} bytes long; at most ${greatestFile} are read`,
    );
  }
  const text = new TextDecoder().decode(bytes);
  return /^\s*[{[]/.test(text) ? parseJsonPolicy(text) : parseRepyV2Text(text);
}
