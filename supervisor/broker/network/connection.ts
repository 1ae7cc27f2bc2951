/**
 * One TCP connection. The kernel's buffers are all there is: a send is taken as far as they have room, what the peer sent waits
 * there, and nothing is lost or doubled between.
 */
import { RepyError } from '../../../protocol/exceptions.js';
import type { Maybe } from '../maybe.js';
import type { Endpoint, NetworkContext } from './context.js';
import { isShortage, wouldBlock } from './errno.js';
import { costs, Meter } from './meter.js';
import { received, scratch, toSend } from './scratch.js';
import { openTuples, tupleKey } from './tuples.js';

/** Bytes of each of its buffers, which Linux doubles. RepyV2's figure. */
export const bufferBytes = 10_000;
/** Bytes that one send takes at most. */
const mostSent = 2 * bufferBytes - 1;
/** Bytes that one recv gives at most. */
export const mostReceived = scratch.length;

export class Connection {
  private readonly meter: Meter;
  private readonly key: string;

  /** Takes over an `outsocket` along with the descriptor. */
  constructor(
    private readonly fd: number,
    local: Endpoint,
    remote: Endpoint,
    private readonly context: NetworkContext,
  ) {
    this.meter = new Meter(context.nanny, remote.address);
    this.key = tupleKey(local, remote);
    openTuples.add(this.key);
  }

  /** Bytes that were taken, 1 at least unless there are none. */
  send(data: string | Uint8Array, isOpen: () => boolean): Maybe<number> {
    return this.meter.whenMaySend(() => {
      if (!isOpen()) throw closedConnection();
      const count = Math.min(data.length, mostSent);
      const sent = this.context
        .sockets()
        .send(this.fd, toSend(count < data.length ? data.slice(0, count) : data), count);
      if (sent === wouldBlock || isShortage(sent)) throw new RepyError('SocketWouldBlockError', 'send() would block.');
      if (sent < 0) throw new RepyError('SocketClosedRemote', 'The socket has been closed by the remote end!');
      return this.meter.charge({ sent: sent + costs.header, received: costs.header }, sent);
    });
  }

  /** 1 to `most` bytes. */
  receive(most: number, isOpen: () => boolean): Maybe<string> {
    return this.meter.whenMayReceive(() => {
      if (!isOpen()) throw closedConnection();
      const count = this.context.sockets().receive(this.fd, scratch, Math.min(most, mostReceived));
      if (count === wouldBlock || isShortage(count)) {
        throw new RepyError('SocketWouldBlockError', 'There is no data! recv() would block.');
      }
      // Nothing left to read, or a reset, or a peer out of reach for good: the program can't go on with it.
      if (count <= 0) throw new RepyError('SocketClosedRemote', 'The socket has been closed remotely!');
      const data = received(count);
      return this.meter.charge({ sent: costs.header, received: count + costs.header }, data);
    });
  }

  /** Closes at once; the caller waits until that is paid for. What was sent before is still delivered. */
  close(): Maybe<boolean> {
    this.release();
    return this.meter.charge(costs.close, true);
  }

  /** Closes without a charge, for the end of the program. */
  release(): void {
    this.context.sockets().close(this.fd);
    this.context.release('outsockets');
    openTuples.delete(this.key);
  }
}

export const closedConnection = (): RepyError => new RepyError('SocketClosedLocal', 'The socket is closed!');
