/** A UDP port that a program listens on. Datagrams wait in the kernel's buffer, and are dropped there when it is full. */
import { RepyError } from '../../../protocol/exceptions.js';
import type { Maybe } from '../maybe.js';
import type { Endpoint, NetworkContext } from './context.js';
import { costs, Meter } from './meter.js';
import { received, scratch } from './scratch.js';

export class UdpServer {
  private readonly meter: Meter;

  constructor(
    readonly fd: number,
    readonly local: Endpoint,
    private readonly context: NetworkContext,
  ) {
    this.meter = new Meter(context.nanny, local.address);
  }

  /** (remote IP, remote port, message) */
  getMessage(isOpen: () => boolean): Maybe<[string, number, string]> {
    return this.meter.whenMayReceive(() => {
      if (!isOpen()) throw closedServer();
      const got = this.context.sockets().receiveFrom(this.fd, scratch);
      // An error here is a past datagram's, which nobody asks about.
      if (typeof got === 'number') throw new RepyError('SocketWouldBlockError', 'No messages currently available!');
      const [count, address, port] = got;
      const message = received(count);
      return this.meter.charge({ sent: 0, received: count + costs.header }, [address, port, message]);
    });
  }

  close(): void {
    this.context.sockets().close(this.fd);
    this.context.release('insockets');
  }
}

export const closedServer = (): RepyError => new RepyError('SocketClosedLocal', 'The socket has been closed!');
