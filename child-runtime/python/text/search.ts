/** Finding, counting and replacing substrings. */
import { raise } from '../model.js';
import { checkChars } from '../operations/bounds.js';

/** Where `part` first is between start and end, or -1. Bounds are resolved already, but start may lie beyond the text. */
export function findIn(text: string, part: string, start: number, end: number): number {
  if (end - start < part.length) return -1;
  if (end === text.length) return text.indexOf(part, start);
  // Only the range is searched: a match far behind it must not cost time.
  const at = text.slice(start, end).indexOf(part);
  return at < 0 ? -1 : at + start;
}

/** Where `part` last is between start and end, or -1. */
export function findLastIn(text: string, part: string, start: number, end: number): number {
  if (end - start < part.length) return -1;
  if (start === 0) return text.lastIndexOf(part, end - part.length);
  const at = text.slice(start, end).lastIndexOf(part);
  return at < 0 ? -1 : at + start;
}

/** How often `part` is between start and end, without overlaps. */
export function countIn(text: string, part: string, start: number, end: number): number {
  if (end < start) return 0;
  if (part.length === 0) return end - start + 1;
  let count = 0;
  for (
    let at = text.indexOf(part, start);
    at >= 0 && at + part.length <= end;
    at = text.indexOf(part, at + part.length)
  ) {
    count += 1;
  }
  return count;
}

/** Whether text[start:end] begins, or ends, with `part`. */
export function matchesAtStart(text: string, part: string, start: number, end: number): boolean {
  return end - start >= part.length && text.startsWith(part, start);
}

export function matchesAtEnd(text: string, part: string, start: number, end: number): boolean {
  return end - start >= part.length && text.endsWith(part, end);
}

/** Replaces the first `most` occurrences (all when negative). An empty part is found between all chars and at both ends. */
export function replace(text: string, part: string, by: string, most: number): string {
  if (most === 0 || (most > 0 && text.length === 0)) return text;
  if (part.length === 0) return interleave(text, by, most < 0 ? text.length + 1 : Math.min(most, text.length + 1));
  if (by.length > part.length) {
    const found = countIn(text, part, 0, text.length);
    checkChars(text.length + (by.length - part.length) * (most < 0 ? found : Math.min(most, found)));
  }
  if (most < 0) {
    // A dollar sign has a meaning in JavaScript's replacements.
    return text.replaceAll(part, by.includes('$') ? by.replaceAll('$', '$$$$') : by);
  }
  let result = '';
  let from = 0;
  for (let left = most; left > 0; left--) {
    const at = text.indexOf(part, from);
    if (at < 0) break;
    result += text.slice(from, at) + by;
    from = at + part.length;
  }
  return result + text.slice(from);
}

function interleave(text: string, by: string, times: number): string {
  checkChars(text.length + by.length * times);
  const pieces: string[] = [];
  for (let i = 0; i < times; i++) pieces.push(by, text.slice(i, i + 1));
  return pieces.join('') + text.slice(times);
}

/** The text before the separator, the separator, the text behind; ValueError when the separator is empty. */
export function partition(text: string, separator: string, last: boolean): [string, string, string] {
  if (separator.length === 0) raise('ValueError', 'empty separator');
  const at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
  if (at < 0) return last ? ['', '', text] : [text, '', ''];
  return [text.slice(0, at), separator, text.slice(at + separator.length)];
}
