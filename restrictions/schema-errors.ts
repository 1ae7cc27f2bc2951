import type { Ajv, ErrorObject } from 'ajv';

/** Schema keyword, ours: what a field allows, in words. Messages are made from it. */
export const allowedKeyword = 'x-allowed';

/** Makes an Ajv instance know our keyword. */
export function addAllowedKeyword(ajv: Ajv): Ajv {
  ajv.addVocabulary([allowedKeyword]);
  return ajv;
}

export interface Explanation {
  /** Path from the document's top; the last step may be the name of a field that isn't there. */
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * One message from what ajv found: the field, what was given, what is allowed, and a suggestion for a misspelt name.
 * Needs ajv's `verbose` option. The last error is the outermost: with `anyOf` the others only tell of its branches.
 */
export function explain(errors: readonly ErrorObject[] | null | undefined): Explanation {
  const error = errors?.at(-1);
  if (error === undefined) return { path: [], message: 'The document is not as its schema wants it' };
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const schema = asRecord(error.parentSchema);

  // A misspelt name shows as a missing field too, whichever ajv meets first; the misspelling is what helps.
  if (error.keyword === 'additionalProperties' || error.keyword === 'required') {
    const known = Object.keys(asRecord(schema.properties));
    const name = Object.keys(asRecord(error.data)).find((key) => !known.includes(key));
    if (name !== undefined) return unknownField([...path, name], known);
  }
  if (error.keyword === 'required') {
    const name = String(error.params.missingProperty);
    const allowed = asRecord(asRecord(schema.properties)[name])[allowedKeyword];
    const advice = typeof allowed === 'string' ? `; give ${allowed}` : '';
    return { path: [...path, name], message: `Field '${display([...path, name])}' is missing${advice}` };
  }
  const allowed = schema[allowedKeyword];
  const want = typeof allowed === 'string' ? `give ${allowed}` : (error.message ?? 'not as the schema wants it');
  const what = path.length === 0 ? 'The document' : `Field '${display(path)}'`;
  return { path, message: `${what} is ${shorten(error.data)}; ${want}` };
}

function unknownField(path: readonly string[], known: readonly string[]): Explanation {
  const near = nearest(path.at(-1) ?? '', known);
  const advice = near === undefined ? `known fields: ${known.join(', ')}` : `did you mean '${near}'?`;
  return { path, message: `Unknown field '${display(path)}'; ${advice}` };
}

/** `resources.messport[2]` */
export function display(path: readonly string[]): string {
  return path.reduce((text, step) => {
    if (/^\d+$/.test(step)) return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

function shorten(value: unknown): string {
  // JSON has no way to write the Infinity that it reads 1e999 as.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The known name with the fewest edits, if few enough to be a slip. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > 40) return undefined;
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { name: candidate, distance };
  }
  return best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
