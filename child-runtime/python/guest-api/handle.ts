/** An open file or socket as a guest holds it. Its number is out of the guest's reach. */
import type { HandleKind } from '../../../protocol/api.js';
import type { HandleReference } from '../../api/values.js';
import { address } from '../core/objects.js';
import { makeType, objectType } from '../core/types.js';
import { raise } from '../model.js';
import { type PyIterator, PyObject } from '../values.js';

/** RepyV2's names for what its wrappers wrap: what kind it says, its class, and whether that is an old-style class. */
const wrapped = {
  file: ['file', 'emulfile.emulated_file', 'object'],
  lock: ['lock', 'emulmisc.emulated_lock', 'object'],
  'udp-server': ['socket', 'emulcomm.UDPServerSocket', 'instance'],
  'tcp-server': ['socket', 'emulcomm.TCPServerSocket', 'object'],
  socket: ['socket', 'emulcomm.EmulatedSocket', 'instance'],
  namespace: ['VirtualNamespace', 'virtual_namespace.VirtualNamespace', 'object'],
} as const satisfies Readonly<Record<HandleKind, readonly string[]>>;

export abstract class Wrapper extends PyObject {
  /** Whether a handle that nobody keeps has something to close. */
  declare readonly H: boolean;
  abstract readonly kind: HandleKind;

  reprText(): string {
    const [kind, inner, style] = wrapped[this.kind];
    return `<Namespace wrapped ${kind}: <${inner} ${style} at 0x${address(this).toString(16)}>>`;
  }

  iterate(): PyIterator {
    return raise('TypeError', `You tried to iterate a non-iterator of type <class '${wrapped[this.kind][1]}'>`);
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

/** Each kind has a class of its own, whose prototype holds its methods. */
export abstract class Handle extends Wrapper {
  readonly kind: HandleKind;

  constructor(readonly reference: HandleReference) {
    super();
    this.kind = reference.kind;
  }
}
Object.defineProperty(Handle.prototype, 'H', { value: true });

class FileHandle extends Handle {}
class UdpServerHandle extends Handle {}
class TcpServerHandle extends Handle {}
class SocketHandle extends Handle {}

export const handleClasses = {
  file: FileHandle,
  'udp-server': UdpServerHandle,
  'tcp-server': TcpServerHandle,
  socket: SocketHandle,
} as const;
export type OpenKind = keyof typeof handleClasses;

export const isOpenKind = (kind: HandleKind): kind is OpenKind => Object.hasOwn(handleClasses, kind);
