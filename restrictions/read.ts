import { RestrictionsSizeError } from './errors.js';
import { parseRepyV2Text } from './repyv2-text.js';
import type { Restrictions } from './restrictions.js';

/** Bytes of a restrictions file. Every port named in RepyV2's format takes 3 MiB. */
export const greatestFile = 4 << 20;

/** Throws a RestrictionsError. */
export function restrictionsText(bytes: Uint8Array): string {
  if (bytes.byteLength <= greatestFile) return new TextDecoder().decode(bytes);
  throw new RestrictionsSizeError(
    `The restrictions are ${bytes.byteLength} bytes long; at most ${greatestFile} are read`,
  );
}

/** Tells a JSON policy from RepyV2's text. */
export const isPolicy = (text: string): boolean => /^\s*[{[]/.test(text);

/**
 * As `loadRestrictions`, for a command that is to start quickly: what reads JSON policies, a parser and a compiler of schemas, is
 * loaded only for one. Rejects with a RestrictionsError.
 */
export async function readRestrictions(bytes: Uint8Array): Promise<Restrictions> {
  const text = restrictionsText(bytes);
  if (!isPolicy(text)) return parseRepyV2Text(text);
  return (await import('./json-policy.js')).parseJsonPolicy(text);
}
