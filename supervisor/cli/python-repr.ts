/** Python 2's repr() of a byte string, for what RepyV2 shows so. Beyond latin-1 the text's UTF-8 bytes are meant. */
export function pythonRepr(value: string | Uint8Array): string {
  const bytes = Buffer.from(value as string);
  const text = bytes.toString('latin1');
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (character === quote || character === '\\') return `\\${character}`;
    if (byte >= 0x20 && byte < 0x7f) return character;
    return named[character] ?? `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return quote + body.join('') + quote;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
