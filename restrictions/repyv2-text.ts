import { ResourceParseError } from './errors.js';
import { assertSensible, complete } from './limit-value.js';
import { parsePythonFloat, parsePythonInt } from './python-numbers.js';
import { findResource } from './resources.js';
import type { Restrictions } from './restrictions.js';

/** What Python 2 calls whitespace in a byte string: not the Unicode spaces that \s has. */
const pythonSpace = /[ \t\n\r\v\f]+/;

function words(text: string): string[] {
  return text.split(pythonSpace).filter((word) => word !== '');
}

/**
 * Parses RepyV2's restrictions format: lines `resource NAME VALUE` and `call ...`, comments from `#`.
 * Grammar, order of checks and messages are RepyV2's. Throws ResourceParseError, ResourceMathError (a required
 * resource is missing) or ResourceValueError (a limit under which nothing can run; RepyV2 fails later instead).
 */
export function parseRepyV2Text(text: string): Restrictions {
  const given = new Map<string, number>();
  const ports = { messport: new Set<number>(), connport: new Set<number>() };
  const calls: string[] = [];

  for (const [index, line] of text.replaceAll('\r\n', '\n').split('\n').entries()) {
    const number = index + 1;
    const [first, ...rest] = words(line.split('#', 1)[0] ?? '');
    if (first === undefined) continue;
    if (first === 'call') {
      calls.push(line.trim());
    } else if (first === 'resource') {
      readResource(line, number, rest, given, ports);
    } else {
      throw new ResourceParseError(`Line '${line}' not understood.`, number);
    }
  }
  return complete(given, ports, { allowDegraded: false, calls });
}

function readResource(
  line: string,
  lineNumber: number,
  items: readonly string[],
  given: Map<string, number>,
  ports: { readonly messport: Set<number>; readonly connport: Set<number> },
): void {
  const [name, word] = items;
  if (name === undefined || word === undefined || items.length !== 2) {
    throw new ResourceParseError(`Line '${line}' has wrong number of items`, lineNumber);
  }
  const resource = findResource(name);
  if (resource === undefined) {
    throw new ResourceParseError(`Line '${line}' has an unknown resource '${name}'`, lineNumber);
  }
  const value = resource.number === 'float' ? parsePythonFloat(word) : parsePythonInt(word);
  if (value === undefined) {
    throw new ResourceParseError(`Line '${line}' has an invalid resource value '${word}'`, lineNumber);
  }
  if (given.has(name)) {
    throw new ResourceParseError(`Line '${line}' has a duplicate resource rule for '${name}'`, lineNumber);
  }
  assertSensible(resource, value, word, lineNumber);
  if (name === 'messport' || name === 'connport') ports[name].add(value);
  else given.set(name, value);
}
