/**
 * Lines of a table: columns as wide as their widest cell, two spaces between them, cut at `width` characters. Cells must be
 * printable ASCII or sanitised text; the last column is not padded.
 */
export function tableLines(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  widths: readonly number[] = columnWidths([header, ...rows]),
): string[] {
  const all = [header, ...rows];
  return all.map((row) => {
    const line = row.map((cell, column) => cell.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0)));
    return cut(line.join('  ').trimEnd(), width);
  });
}

/** The widest cell of each column, `least` where that is more: a table that is redrawn keeps its columns in place so. */
export function columnWidths(rows: readonly (readonly string[])[], least: readonly number[] = []): number[] {
  const widths = [...least];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return widths;
}

/** The line, or its beginning and an ellipsis. */
export function cut(line: string, width: number): string {
  if (line.length <= width) return line;
  return width <= 1 ? line.slice(0, width) : `${line.slice(0, width - 1)}…`;
}
