import type { Node } from '../ast.js';

/** The nodes right under a node. All nodes are plain objects whose `kind` says what they are. */
export function* children(node: Node): Generator<Node> {
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      for (const element of value) if (isNode(element)) yield element;
    } else if (isNode(value)) {
      yield value;
    }
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'kind' in value;
