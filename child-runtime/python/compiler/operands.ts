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

export function isNumberLiteral(text: string): boolean {
  return /^\(?-?[\d.]+(e[+-]?\d+)?\)?$/.test(text);
}

/** A condition under which all of the operands are JavaScript numbers; undefined if none needs asking. */
export function areNumbers(texts: readonly string[]): string | undefined {
  const parts = texts.filter((text) => !isNumberLiteral(text)).map((text) => `typeof ${text}==='number'`);
  return parts.length === 0 ? undefined : parts.join('&&');
}

/** A condition under which all of the operands are ints of 32 bits; undefined if some literal is not. */
export function areSmall(texts: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const text of texts) {
    const value = literalValue(text);
    if (value !== undefined) {
      if ((value | 0) !== value) return undefined;
    } else if (isNumberLiteral(text)) return undefined;
    else parts.push(`typeof ${text}==='number'&&(${text}|0)===${text}`);
  }
  return parts.length === 0 ? 'true' : parts.join('&&');
}
