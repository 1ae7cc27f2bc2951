/** What the network calls of one program share. */

import { RepyError } from '../../../protocol/exceptions.js';
import { type NetworkRules, repyV2Network } from '../../../restrictions/network-rules.js';
import type { SocketNative } from '../../../seccomp/native/addon.js';
import type { CountName, Nanny } from '../../nanny/nanny.js';
import { checkAddress, checkPort } from './addresses.js';
import type { Connector } from './connector.js';
import { type DescriptorRoom, hostRoom } from './descriptor-room.js';
import { checkEgress } from './egress.js';
import { exhaustedError } from './errno.js';
import type { LocalAddresses } from './local-addresses.js';

/** Sockets of one program, whatever its limits say: descriptors are the whole host's. */
const mostSockets = 1024;

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export class NetworkContext {
  private open = 0;

  constructor(
    readonly nanny: Nanny,
    readonly local: LocalAddresses,
    readonly connector: Connector,
    /** Loaded with the first use, so that a program without a network needs none. */
    readonly sockets: () => SocketNative,
    private readonly room: DescriptorRoom = hostRoom,
  ) {}

  get rules(): NetworkRules {
    return this.nanny.restrictions.network ?? repyV2Network;
  }

  /** Checks addresses and ports in RepyV2's order: all addresses, all ports, that they differ. Throws RepyArgumentError. */
  checkEndpoints(local: Endpoint, destination?: Endpoint, between: () => void = () => undefined): void {
    const { ipv6 } = this.rules;
    if (destination !== undefined) checkAddress('destip', destination.address, ipv6);
    checkAddress('localip', local.address, ipv6);
    if (destination !== undefined) checkPort('destport', destination.port);
    checkPort('localport', local.port);
    between();
    if (destination?.address !== local.address || destination.port !== local.port) return;
    throw new RepyError(
      'RepyArgumentError',
      'Local socket name cannot match destination socket name! Local/Dest IP and Port match.',
    );
  }

  /** Then what the program may have. Throws ResourceForbiddenError. */
  checkAllowed(ports: 'messport' | 'connport', local: Endpoint, destination?: Endpoint): void {
    this.local.check(local.address);
    this.nanny.usePort(ports, local.port);
    if (destination !== undefined) checkEgress(this.rules.egress, destination.address, destination.port);
  }

  /** Takes one item for a socket that stays open. Throws ResourceExhaustedError. */
  acquire(count: CountName & ('insockets' | 'outsockets')): void {
    if (this.open >= mostSockets || !this.room.take()) throw exhaustedError();
    try {
      this.nanny.acquire(count);
    } catch (error) {
      this.room.giveBack();
      throw error;
    }
    this.open += 1;
  }

  release(count: CountName & ('insockets' | 'outsockets')): void {
    this.nanny.release(count);
    this.open -= 1;
    this.room.giveBack();
  }
}
