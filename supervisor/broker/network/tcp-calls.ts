/** openconnection and listenforconnection. */
import { RepyError } from '../../../protocol/exceptions.js';
import { Cancelled } from '../../nanny/faults.js';
import { bufferBytes, Connection } from './connection.js';
import type { Endpoint, NetworkContext } from './context.js';
import {
  bindError,
  cleanupError,
  connectError,
  duplicateError,
  inProgress,
  isSilence,
  isUnassignable,
  timeoutError,
} from './errno.js';
import type { Handles } from './handles.js';
import { costs, Meter } from './meter.js';
import { TcpServer } from './tcp-server.js';
import { openTuples, tupleKey } from './tuples.js';

/** Connections that may wait to be accepted. */
const backlog = 64;

export class TcpCalls {
  /** Descriptors that are connecting, for the end of the program. */
  private readonly connecting = new Set<number>();

  constructor(
    private readonly context: NetworkContext,
    private readonly handles: Handles,
  ) {}

  /** A handle. `timeout` in seconds. */
  async open(destination: Endpoint, local: Endpoint, timeout: number): Promise<number> {
    const { context } = this;
    context.checkEndpoints(local, destination, () => checkTimeout(timeout));
    context.checkAllowed('connport', local, destination);
    context.acquire('outsockets');
    let connection: Connection;
    const meter = new Meter(context.nanny, destination.address);
    try {
      await meter.whenMaySend(() => undefined);
      await meter.whenMayReceive(() => undefined);
      const fd = await this.connect(destination, local, timeout);
      connection = new Connection(fd, local, destination, context);
    } catch (error) {
      context.release('outsockets');
      throw error;
    }
    const handle = this.handles.add(connection);
    return meter.charge(costs.connect, handle);
  }

  /** A handle. */
  listen(local: Endpoint): number {
    const { context } = this;
    context.checkEndpoints(local);
    context.checkAllowed('connport', local);
    context.acquire('insockets');
    const fd = this.tryListen(local);
    if (fd < 0) {
      context.release('insockets');
      throw bindError(fd);
    }
    return this.handles.add(new TcpServer(fd, local, context));
  }

  /** Gives up all that are connecting. */
  end(): void {
    for (const fd of this.connecting) this.context.connector.cancel(fd);
  }

  private tryListen(local: Endpoint): number {
    const sockets = this.context.sockets();
    const fd = sockets.open(1, bufferBytes, local.address, local.port);
    if (fd < 0) return fd;
    const result = sockets.listen(fd, backlog);
    if (result >= 0) return fd;
    sockets.close(fd);
    return result;
  }

  private async connect(destination: Endpoint, local: Endpoint, timeout: number): Promise<number> {
    const sockets = this.context.sockets();
    if (this.handles.ended) throw new Cancelled();
    const fd = sockets.open(1, bufferBytes, local.address, local.port);
    if (fd < 0) throw bindError(fd);
    this.connecting.add(fd);
    try {
      await this.finish(
        fd,
        sockets.connect(fd, destination.address, destination.port),
        timeout,
        tupleKey(local, destination),
      );
      return fd;
    } catch (error) {
      sockets.close(fd);
      throw error;
    } finally {
      this.connecting.delete(fd);
    }
  }

  private async finish(fd: number, begun: number, timeout: number, key: string): Promise<void> {
    if (isUnassignable(begun)) throw openTuples.has(key) ? duplicateError() : cleanupError();
    // A peer in this host has answered by now, mostly.
    let result: Awaited<ReturnType<typeof this.context.connector.wait>> =
      begun === inProgress ? this.context.sockets().connected(fd) : begun === 0 ? 1 : begun;
    if (result === 0) result = await this.context.connector.wait(fd, timeout * 1000);
    if (result === 1) return;
    if (result === 'cancelled') throw new Cancelled();
    if (result === 'timeout' || isSilence(result)) throw timeoutError();
    throw connectError(result);
  }
}

function checkTimeout(timeout: number): void {
  if (timeout > 0) return;
  throw new RepyError('RepyArgumentError', `Provided timeout is not valid, must be positive! Timeout: ${timeout}`);
}
