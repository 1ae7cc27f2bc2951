/** An open file (later: a socket) as a guest holds it. Its number is out of the guest's reach. */
import type { HandleReference } from '../../api/values.js';
import { address } from '../core/objects.js';
import { makeType, objectType } from '../core/types.js';
import { raise } from '../model.js';
import { type PyIterator, PyObject } from '../values.js';

/** RepyV2's names for what its wrappers wrap. */
const wrapped: Readonly<Record<string, string>> = { file: 'emulfile.emulated_file', lock: 'emulmisc.emulated_lock' };

export abstract class Wrapper extends PyObject {
  /** Whether a handle that nobody keeps has something to close. */
  declare readonly H: boolean;
  abstract readonly kind: string;

  reprText(): string {
    const inner = wrapped[this.kind] ?? `emulcomm.emulated_${this.kind}`;
    return `<Namespace wrapped ${this.kind}: <${inner} object at 0x${address(this).toString(16)}>>`;
  }

  iterate(): PyIterator {
    return raise(
      'TypeError',
      `You tried to iterate a non-iterator of type <class '${wrapped[this.kind] ?? this.kind}'>`,
    );
  }
}
Object.defineProperty(Wrapper.prototype, 'H', { value: false });
makeType({
  name: 'NamespaceObjectWrapper',
  module: 'namespace',
  bases: [objectType],
  proto: Wrapper.prototype,
  construct: () => raise('TypeError', "cannot create 'NamespaceObjectWrapper' instances"),
});

export class Handle extends Wrapper {
  readonly kind: string;

  constructor(readonly reference: HandleReference) {
    super();
    this.kind = reference.kind;
  }
}
Object.defineProperty(Handle.prototype, 'H', { value: true });
