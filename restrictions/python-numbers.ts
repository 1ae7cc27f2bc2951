/**
 * Numbers as Python 2.7's float() and int() read them, for words that hold no whitespace. Checked against CPython 2.7.18:
 * no underscores, no hexadecimal, no `5L`; `1.`, `.5`, `1e400` (inf), `+nan` and `infINITY` are floats.
 */
const floatForm = /^[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|(inf|infinity|nan))$/i;
const intForm = /^[+-]?[0-9]+$/;

/** The value, or `undefined` where Python raises ValueError. */
export function parsePythonFloat(word: string): number | undefined {
  const match = floatForm.exec(word);
  if (match === null) return undefined;
  const named = match[1]?.toLowerCase();
  if (named === 'nan') return Number.NaN;
  if (named !== undefined) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(word);
}

/** The value, as the nearest double beyond 2^53 (Python's int has no bound), or `undefined` where Python raises ValueError. */
export function parsePythonInt(word: string): number | undefined {
  return intForm.test(word) ? Number(word) : undefined;
}

/** The shortest text that float() reads back as the same value. */
export function formatPythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  // Below 1e21 an integer is written in digits alone, as int() wants it.
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
