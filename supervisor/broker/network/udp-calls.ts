/** sendmessage and listenformessage. */
import { RepyError } from '../../../protocol/exceptions.js';
import type { Maybe } from '../maybe.js';
import type { Endpoint, NetworkContext } from './context.js';
import { bindError, isUnreachable, unreachableError } from './errno.js';
import type { Handles } from './handles.js';
import { costs, Meter } from './meter.js';
import { toSend } from './scratch.js';
import { UdpServer } from './udp-server.js';

/** RepyV2's bound: what every platform sends. */
const mostBytes = 9216;

export class UdpCalls {
  /** RepyV2 counts one socket for all messages, from the first on, and never gives it back; programs can see it. */
  private counted = false;

  constructor(
    private readonly context: NetworkContext,
    private readonly handles: Handles,
  ) {}

  /** Sends one datagram; returns its length. */
  sendMessage(destination: Endpoint, message: string | Uint8Array, local: Endpoint): Maybe<number> {
    const { context } = this;
    context.checkEndpoints(local, destination);
    context.checkAllowed('messport', local, destination);
    if (message.length > mostBytes) {
      throw new RepyError(
        'RepyArgumentError',
        `Provided message is too long for UDP datagrams on some platforms. Maximum length is ${mostBytes} bytes.`,
      );
    }
    const meter = new Meter(context.nanny, destination.address);
    return meter.whenMaySend(() => {
      this.send(destination, message, local);
      return meter.charge({ sent: message.length + costs.header, received: 0 }, message.length);
    });
  }

  /** A handle. */
  listen(local: Endpoint): number {
    const { context } = this;
    context.checkEndpoints(local);
    context.checkAllowed('messport', local);
    context.acquire('insockets');
    const fd = context.sockets().open(0, 0, local.address, local.port);
    if (fd < 0) {
      context.release('insockets');
      throw bindError(fd);
    }
    return this.handles.add(new UdpServer(fd, local, context));
  }

  /** From the socket that listens there, if this program has one; else from one of the moment, which keeps the port for nobody. */
  private send(destination: Endpoint, message: string | Uint8Array, local: Endpoint): void {
    const sockets = this.context.sockets();
    const listening = this.handles.udpServerAt(local);
    if (listening === undefined) this.count();
    const fd = listening?.fd ?? sockets.open(0, 0, local.address, local.port);
    if (fd < 0) throw bindError(fd);
    const sent = sockets.sendTo(fd, toSend(message), message.length, destination.address, destination.port);
    if (listening === undefined) sockets.close(fd);
    // Any other failure is a datagram lost on its way, as datagrams may be.
    if (isUnreachable(sent)) throw unreachableError();
  }

  private count(): void {
    if (this.counted) return;
    this.context.nanny.acquire('outsockets');
    this.counted = true;
  }
}
