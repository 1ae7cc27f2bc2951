/** Splitting strs. `most` is the greatest number of splits, negative for no bound. */
import { raise } from '../model.js';
import { checkItems, fitsItems } from '../operations/bounds.js';
import { isWhitespace } from './case.js';
import { countIn } from './search.js';

export function splitOn(text: string, separator: string, most: number): string[] {
  if (separator.length === 0) return raise('ValueError', 'empty separator');
  if (most < 0) {
    // Only a text with so many chars can have so many parts.
    if (!fitsItems(text.length + 1)) checkItems(countIn(text, separator, 0, text.length) + 1);
    const parts = text.split(separator);
    checkItems(parts.length);
    return parts;
  }
  const parts: string[] = [];
  let from = 0;
  while (parts.length < most) {
    const at = text.indexOf(separator, from);
    if (at < 0) break;
    parts.push(text.slice(from, at));
    from = at + separator.length;
  }
  parts.push(text.slice(from));
  return parts;
}

export function splitOnLast(text: string, separator: string, most: number): string[] {
  if (separator.length === 0) return raise('ValueError', 'empty separator');
  const parts: string[] = [];
  let to = text.length;
  while (most < 0 || parts.length < most) {
    const at = to < separator.length ? -1 : text.lastIndexOf(separator, to - separator.length);
    if (at < 0) break;
    parts.push(text.slice(at + separator.length, to));
    to = at;
  }
  parts.push(text.slice(0, to));
  return parts.reverse();
}

export function splitOnSpace(text: string, most: number): string[] {
  const parts: string[] = [];
  const { length } = text;
  let at = 0;
  for (;;) {
    while (at < length && isWhitespace(text.charCodeAt(at))) at += 1;
    if (at === length) return parts;
    if (most >= 0 && parts.length >= most) {
      parts.push(text.slice(at));
      return parts;
    }
    const from = at;
    while (at < length && !isWhitespace(text.charCodeAt(at))) at += 1;
    parts.push(text.slice(from, at));
  }
}

export function splitOnLastSpace(text: string, most: number): string[] {
  const parts: string[] = [];
  let at = text.length;
  for (;;) {
    while (at > 0 && isWhitespace(text.charCodeAt(at - 1))) at -= 1;
    if (at === 0) break;
    if (most >= 0 && parts.length >= most) {
      parts.push(text.slice(0, at));
      break;
    }
    const to = at;
    while (at > 0 && !isWhitespace(text.charCodeAt(at - 1))) at -= 1;
    parts.push(text.slice(at, to));
  }
  return parts.reverse();
}

/** Lines end with \n, \r or \r\n. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  let from = 0;
  while (from < text.length) {
    let at = from;
    while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
    let next = at;
    if (at < text.length) next = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
    lines.push(text.slice(from, keepEnds ? next : at));
    from = next;
  }
  return lines;
}
