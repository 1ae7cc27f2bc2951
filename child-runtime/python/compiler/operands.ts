/** Questions about the texts of operands. */

const intLiteral = /^(\d+|\(-\d+\))$/;

export function isIntLiteral(text: string): boolean {
  return intLiteral.test(text);
}

/** The value of an int literal's text, else undefined. */
export function literalValue(text: string): number | undefined {
  if (!isIntLiteral(text)) return undefined;
  return Number(text.startsWith('(') ? text.slice(1, -1) : text);
}

export const isStringLiteral = (text: string): boolean => text.startsWith('"');

export function isNumberLiteral(text: string): boolean {
  return /^\(?-?[\d.]+(e[+-]?\d+)?\)?$/.test(text);
}

/** A condition under which all of the operands are JavaScript numbers; undefined if none needs asking or one is a str. */
export function areNumbers(texts: readonly string[]): string | undefined {
  if (texts.some(isStringLiteral)) return undefined;
  const parts = [...new Set(texts)].filter((text) => !isNumberLiteral(text)).map((text) => `typeof ${text}==='number'`);
  return parts.length === 0 ? undefined : parts.join('&&');
}

/** A literal that is no JavaScript literal: a large int, a long, an integral float. */
const isConstant = (text: string): boolean => /^k\d+$/.test(text);

/** A condition under which all of the operands are ints of 32 bits; undefined if some literal is not. */
export function areSmall(texts: readonly string[]): string | undefined {
  if (texts.some((text) => isStringLiteral(text) || isConstant(text))) return undefined;
  const parts: string[] = [];
  for (const text of new Set(texts)) {
    const value = literalValue(text);
    if (value !== undefined) {
      if ((value | 0) !== value) return undefined;
    } else if (isNumberLiteral(text)) return undefined;
    else parts.push(`typeof ${text}==='number'&&(${text}|0)===${text}`);
  }
  return parts.length === 0 ? 'true' : parts.join('&&');
}

/** A condition under which all of the operands are ints from 0 to 2**32 - 1; undefined if some literal is not. */
export function areUnsigned(texts: readonly string[]): string | undefined {
  if (texts.some((text) => isStringLiteral(text) || isConstant(text))) return undefined;
  const parts: string[] = [];
  for (const text of new Set(texts)) {
    const value = literalValue(text);
    if (value !== undefined) {
      if (value >>> 0 !== value) return undefined;
    } else if (isNumberLiteral(text)) return undefined;
    else parts.push(`typeof ${text}==='number'&&${text}>>>0===${text}`);
  }
  return parts.length === 0 ? undefined : parts.join('&&');
}
