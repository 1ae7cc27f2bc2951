/** A TCP port that a program listens on. Connections that nobody has asked for yet wait in the kernel, a few at most. */
import { RepyError } from '../../../protocol/exceptions.js';
import type { Maybe } from '../maybe.js';
import { Connection } from './connection.js';
import type { Endpoint, NetworkContext } from './context.js';
import { isLost } from './errno.js';
import { costs, Meter } from './meter.js';
import { closedServer } from './udp-server.js';

export interface Accepted {
  readonly connection: Connection;
  readonly remote: Endpoint;
}

export class TcpServer {
  private readonly meter: Meter;

  constructor(
    private readonly fd: number,
    readonly local: Endpoint,
    private readonly context: NetworkContext,
  ) {
    this.meter = new Meter(context.nanny, local.address);
  }

  /** The next connection, once it is paid for. `register` gives it a handle before anybody waits. */
  getConnection<T>(isOpen: () => boolean, register: (accepted: Accepted) => T): Maybe<T> {
    return this.meter.whenMayReceive(() => {
      if (!isOpen()) throw closedServer();
      const { context } = this;
      context.acquire('outsockets');
      const got = context.sockets().accept(this.fd);
      if (typeof got === 'number') {
        context.release('outsockets');
        throw acceptError(got);
      }
      const [fd, address, port] = got;
      const remote = { address, port };
      const connection = new Connection(fd, this.local, remote, context);
      return this.meter.charge(costs.accept, register({ connection, remote }));
    });
  }

  close(): void {
    this.context.sockets().close(this.fd);
    this.context.release('insockets');
  }
}

function acceptError(result: number): RepyError {
  if (isLost(result))
    return new RepyError('TCPServerSocketInvalidError', 'The listening socket is of no use any more!');
  return new RepyError('SocketWouldBlockError', 'No connections currently available!');
}
