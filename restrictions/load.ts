import { parseJsonPolicy } from './json-policy.js';
import { isPolicy, restrictionsText } from './read.js';
import { parseRepyV2Text } from './repyv2-text.js';
import type { Restrictions } from './restrictions.js';

/**
 * Restrictions from the bytes of a file: a JSON policy if the first character is a brace or bracket, RepyV2's text otherwise.
 * Throws a RestrictionsError.
 */
export function loadRestrictions(bytes: Uint8Array): Restrictions {
  const text = restrictionsText(bytes);
  return isPolicy(text) ? parseJsonPolicy(text) : parseRepyV2Text(text);
}
