import { type DoctorReport, isWell, type Layer } from './report.js';

const columns = ['LAYER', 'STATE'] as const;

/** The report for a terminal of so many columns: a line or more for each layer, what is to be done at the end. */
export function doctorText(report: DoctorReport, width: number): string {
  const { host, layers } = report;
  const names = Math.max(columns[0].length, ...layers.map(({ name }) => name.length));
  const states = Math.max(columns[1].length, ...layers.map(({ state }) => state.length));
  const row = (name: string, state: string, what: string) => {
    const before = `${name.padEnd(names)}  ${state.padEnd(states)}  `;
    return wrap(what, Math.max(30, width - before.length))
      .map((line, at) => `${at === 0 ? before : ' '.repeat(before.length)}${line}`)
      .join('\n');
  };
  const user = host.uid === 0 ? 'root' : `uid ${host.uid}`;
  return [
    `${host.system} ${host.kernel} on ${host.architecture}, Node ${host.node}, as ${user}`,
    '',
    row(...columns, 'WHAT WAS SEEN'),
    ...layers.map(({ name, state, what }) => row(name, state, what)),
    '',
    ...wrap(verdict(report), width),
    ...fixLines(layers, width),
    '',
  ].join('\n');
}

function verdict(report: DoctorReport): string {
  const { layers, runs } = report;
  const weak = layers.filter(({ state }) => state === 'weaker').map(({ name }) => name);
  if (isWell(report)) {
    return weak.length === 0
      ? 'Programs run here, and everything that confines them holds.'
      : `Programs run here. Weaker than elsewhere: ${weak.join(', ')}.`;
  }
  const lacking = layers.filter(({ state }) => state === 'missing').map(({ name }) => name);
  return runs
    ? `Programs would run here, but must not: ${lacking.join(', ')} failed to hold.`
    : `Programs are refused here. Missing: ${lacking.join(', ')}.`;
}

/** Each fix once, with the layers that it is for. */
function fixLines(layers: readonly Layer[], width: number): string[] {
  const layersOf = new Map<string, string[]>();
  for (const { name, fixes } of layers) {
    for (const fix of fixes) layersOf.set(fix, [...(layersOf.get(fix) ?? []), name]);
  }
  if (layersOf.size === 0) return [];
  const lines = [...layersOf].flatMap(([fix, names]) => {
    const [first = '', ...rest] = wrap(`${names.join(', ')}: ${fix}`, width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  return ['', 'What can be done:', ...lines];
}

/** Breaks at blanks; a word that is longer than a line stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
