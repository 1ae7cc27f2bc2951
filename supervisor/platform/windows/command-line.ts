/**
 * One command line from arguments, as CommandLineToArgvW and the C runtime take it apart again. Source: Microsoft, "Parsing C++
 * command-line arguments": backslashes are themselves except in front of a quotation mark, where each counts half.
 */
export function quoteArguments(args: readonly string[]): string {
  return args.map(quote).join(' ');
}

function quote(arg: string): string {
  if (arg.includes('\0')) throw new TypeError('a NUL character would end the command line');
  if (arg !== '' && !/[\s"]/.test(arg)) return arg;
  const escaped = arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${escaped}"`;
}

/** NAME=value, each with a NUL behind it, sorted as Windows wants it, and a NUL at the end. UTF-16. */
export function environmentBlock(variables: Readonly<Record<string, string>>): Buffer {
  const sorted = Object.entries(variables).sort(([a], [b]) => (a.toUpperCase() < b.toUpperCase() ? -1 : 1));
  for (const [name, value] of sorted) {
    if (/[=\0]/.test(name) || name === '' || value.includes('\0'))
      throw new TypeError(`no environment variable: ${name}`);
  }
  const text = sorted.map(([name, value]) => `${name}=${value}\0`).join('');
  return Buffer.from(sorted.length === 0 ? '\0\0' : `${text}\0`, 'utf16le');
}
