/**
 * Lines of a table: columns as wide as their widest cell, two spaces between them, cut at `width` characters. Cells must be
 * printable ASCII or sanitised text; the last column is not padded.
 */
export function tableLines(header: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => {
    const line = row.map((cell, column) => cell.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0)));
    return cut(line.join('  ').trimEnd(), width);
  });
}

/** The line, or its beginning and an ellipsis. */
export function cut(line: string, width: number): string {
  if (line.length <= width) return line;
  return width <= 1 ? line.slice(0, width) : `${line.slice(0, width - 1)}…`;
}
