/** What a benchmark returns: rows of one table, and the promises of the specification that they show kept or broken. */
export interface Promised {
  readonly what: string;
  readonly figure: string;
  readonly kept: boolean;
}

export interface Report {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly (string | number)[]>;
  readonly notes?: readonly string[];
  readonly promises: readonly Promised[];
}

export function show(report: Report): string {
  const cells = [report.columns, ...report.rows.map((row) => row.map(format))];
  const widths = report.columns.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
  const promises = report.promises.map(
    ({ what, figure, kept }) => `  ${kept ? 'kept  ' : 'BROKEN'} ${what}: ${figure}`,
  );
  const notes = (report.notes ?? []).map((note) => `  ${note}`);
  return [`## ${report.title}`, '', ...lines.map((line) => `  ${line}`), ...notes, '', ...promises, ''].join('\n');
}

function format(cell: string | number): string {
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return String(cell);
  return Math.abs(cell) >= 100 ? cell.toFixed(0) : Math.abs(cell) >= 10 ? cell.toFixed(1) : cell.toFixed(2);
}
