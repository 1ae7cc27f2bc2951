/** repr() of a str. */

/** What needs escaping: quotes are dealt with apart. */
const plain = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The literal of a byte string: in single quotes unless it has such quotes and no double ones. */
export function strRepr(text: string): string {
  // Most strings have nothing to escape.
  if (plain.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x20 && code < 0x7f && code !== 0x5c && text[i] !== quote) continue;
    result += text.slice(from, i);
    from = i + 1;
    const char = text[i]!;
    if (char === quote) result += `\\${quote}`;
    else result += escapes[char] ?? `\\x${code < 16 ? '0' : ''}${code.toString(16)}`;
  }
  return result + text.slice(from) + quote;
}
