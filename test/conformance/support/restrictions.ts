/** The restrictions that RepyV2 had when its answers were recorded. */
export function wide(changes: Readonly<Record<string, number | string>> = {}): string {
  const rates = ['filewrite', 'fileread', 'netsend', 'netrecv', 'loopsend', 'looprecv', 'lograte', 'random'];
  const limits: Record<string, number | string> = {
    cpu: 1,
    memory: 2_000_000_000,
    diskused: 4_000_000_000,
    events: 1000,
    ...Object.fromEntries(rates.map((name) => [name, 1e12])),
    filesopened: 250,
    insockets: 500,
    outsockets: 500,
    ...changes,
  };
  const lines = Object.entries(limits).map(([name, value]) => `resource ${name} ${value}`);
  for (const port of [63100, 63101, 63102]) lines.push(`resource messport ${port}`, `resource connport ${port}`);
  return `${lines.join('\n')}\n`;
}
