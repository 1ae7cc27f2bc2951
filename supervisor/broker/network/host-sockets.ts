import type { SocketNative } from '../../../seccomp/native/addon.js';
import { Connector } from './connector.js';

/** The sockets of this host, for all programs of a supervisor together. */
export interface HostSockets {
  /** Loaded with the first use, so that programs without a network need none. */
  readonly native: () => SocketNative;
  readonly connector: Connector;
}

export function hostSockets(native: () => SocketNative): HostSockets {
  return { native, connector: new Connector(native) };
}
