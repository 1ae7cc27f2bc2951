/** An open file as a guest holds it: frozen, with its number out of reach. Its methods are the API's (`functions.ts`). */
import type { HandleReference } from '../api/values.js';

export class RepyFile {
  readonly #reference: HandleReference;

  constructor(reference: HandleReference) {
    this.#reference = reference;
    Object.freeze(this);
  }

  /** The reference that a real file holds; undefined for any other object, whatever its prototype. */
  static referenceOf(value: object): HandleReference | undefined {
    return #reference in value ? value.#reference : undefined;
  }
}
