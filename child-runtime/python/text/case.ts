/** Letters and other classes of bytes, as the C locale knows them: only ASCII has any. */

const beyondAscii = /[\x80-\xff]/;

export function upper(text: string): string {
  if (!beyondAscii.test(text)) return text.toUpperCase();
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

export function lower(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export const capitalize = (text: string): string => upper(text.slice(0, 1)) + lower(text.slice(1));

export function swapCase(text: string): string {
  return text.replace(/[a-z]+|[A-Z]+/g, (letters) =>
    letters[0]! >= 'a' ? letters.toUpperCase() : letters.toLowerCase(),
  );
}

/** Every run of letters begins with a capital. */
export function title(text: string): string {
  return text.replace(/[A-Za-z]+/g, (letters) => letters[0]!.toUpperCase() + letters.slice(1).toLowerCase());
}

export const isAlnum = (text: string): boolean => /^[0-9A-Za-z]+$/.test(text);
export const isAlpha = (text: string): boolean => /^[A-Za-z]+$/.test(text);
export const isDigit = (text: string): boolean => /^[0-9]+$/.test(text);
export const isSpace = (text: string): boolean => /^[ \t\n\r\v\f]+$/.test(text);
export const isLower = (text: string): boolean => /[a-z]/.test(text) && !/[A-Z]/.test(text);
export const isUpper = (text: string): boolean => /[A-Z]/.test(text) && !/[a-z]/.test(text);

/** Capitals only at the start of runs of letters, small letters only after a letter, and at least one letter. */
export function isTitle(text: string): boolean {
  return /[A-Za-z]/.test(text) && !/(?:^|[^A-Za-z])[a-z]|[A-Za-z][A-Z]/.test(text);
}

export function isWhitespace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
