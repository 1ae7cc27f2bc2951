/**
 * An open file or socket, a lock or a namespace as a guest holds it: frozen, with its number out of reach, and the API's methods on its prototype,
 * which are made from the API table.
 */
import { type ApiName, apiCalls, type HandleKind } from '../../protocol/api.js';
import type { HandleReference } from '../api/values.js';

/** Performs a call of the API; the arguments have the handle first. */
type Perform = (name: ApiName, args: readonly unknown[]) => unknown;

class RepyHandle {
  readonly #reference: HandleReference;

  constructor(reference: HandleReference) {
    this.#reference = reference;
    Object.freeze(this);
  }

  /** The reference that a real handle holds; undefined for any other object, whatever its prototype. */
  static referenceOf(value: object): HandleReference | undefined {
    return #reference in value ? value.#reference : undefined;
  }
}

/** By kind, and as `Object.prototype.toString` names them. */
const classes = {
  file: class RepyFile extends RepyHandle {},
  'udp-server': class RepyUdpServer extends RepyHandle {},
  'tcp-server': class RepyTcpServer extends RepyHandle {},
  socket: class RepySocket extends RepyHandle {},
  lock: class RepyLock extends RepyHandle {},
  namespace: class RepyNamespace extends RepyHandle {},
} satisfies Partial<Record<HandleKind, typeof RepyHandle>>;
type Kind = keyof typeof classes;
const kinds = Object.keys(classes) as Kind[];

export const { referenceOf } = RepyHandle;

/** The guest's object for a handle. */
export function makeHandle(reference: HandleReference): object {
  const made = classes[reference.kind as Kind];
  if (made === undefined) throw new Error(`no handle of kind ${reference.kind}`);
  return new made(reference);
}

/**
 * Gives handles their methods, and takes from them the way to their class, by which a guest could make a handle of any number.
 * The prototypes, to be hardened.
 */
export function completeHandles(perform: Perform): object[] {
  for (const kind of kinds) {
    const { name, prototype } = classes[kind];
    for (const call of apiCalls) {
      const [owner, method] = call.name.split('.');
      if (owner !== kind || method === undefined) continue;
      // Methods, because they can't be constructed and carry no `prototype`.
      const methods = {
        [method](this: unknown, ...args: unknown[]): unknown {
          return perform(call.name, [this, ...args]);
        },
      };
      Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(methods));
    }
    Object.defineProperty(prototype, Symbol.toStringTag, { value: name });
    Reflect.deleteProperty(prototype, 'constructor');
  }
  Reflect.deleteProperty(RepyHandle.prototype, 'constructor');
  return [RepyHandle.prototype, ...kinds.map((kind) => classes[kind].prototype)];
}
