import { type Expression, parseExpressionAt } from 'acorn';
import { PolicyError } from './errors.js';

/** Where things are in a JSON text. */
export interface JsonDocument {
  readonly value: unknown;
  /** Line of the field at this path, counted from 1, or of the nearest parent that is there. */
  lineOf(path: readonly (string | number)[]): number;
}

/**
 * Parses JSON and refuses an object that names a key twice: JSON.parse keeps the last one silently, so that a reviewer
 * who sees the first `memory` would be deceived. JSON is a subset of JavaScript's expressions, so acorn tells positions.
 */
export function parseJson(text: string): JsonDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PolicyError(`Not valid JSON: ${error instanceof Error ? error.message : error}`, '', failureLine(text));
  }
  const tree = parseTree(text);
  refuseDuplicates(tree, []);
  return { value, lineOf: (path) => lineOf(tree, path) };
}

function parseTree(text: string): Expression {
  try {
    return parseExpressionAt(text, 0, { ecmaVersion: 2022, locations: true });
  } catch (error) {
    // Nesting that overflows acorn's stack; no policy is nested so.
    throw new PolicyError(`Not a policy: ${error instanceof Error ? error.message : error}`, '');
  }
}

function failureLine(text: string): number | undefined {
  try {
    parseExpressionAt(text, 0, { ecmaVersion: 2022, locations: true });
  } catch (error) {
    if (error instanceof SyntaxError && 'loc' in error) return (error.loc as { line: number }).line;
  }
  return undefined;
}

interface Member {
  readonly key: string;
  readonly line: number;
  readonly value: Expression;
}

function members(node: Expression): Member[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Literal'
      ? [{ key: String(property.key.value), line: property.loc?.start.line ?? 1, value: property.value }]
      : [],
  );
}

function elements(node: Expression): Expression[] {
  if (node.type !== 'ArrayExpression') return [];
  return node.elements.filter((element): element is Expression => element !== null && element.type !== 'SpreadElement');
}

function refuseDuplicates(node: Expression, path: readonly string[]): void {
  const seen = new Set<string>();
  for (const { key, line, value } of members(node)) {
    const field = [...path, key];
    if (seen.has(key)) throw new PolicyError(`Field '${field.join('.')}' is given twice`, field.join('.'), line);
    seen.add(key);
    refuseDuplicates(value, field);
  }
  for (const [index, element] of elements(node).entries()) refuseDuplicates(element, [...path, String(index)]);
}

function lineOf(tree: Expression, path: readonly (string | number)[]): number {
  let node = tree;
  let line = node.loc?.start.line ?? 1;
  for (const step of path) {
    const member = members(node).find(({ key }) => key === String(step));
    const next = member?.value ?? elements(node)[Number(step)];
    if (next === undefined) break;
    line = member?.line ?? next.loc?.start.line ?? line;
    node = next;
  }
  return line;
}
