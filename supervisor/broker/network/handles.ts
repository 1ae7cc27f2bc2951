/** The sockets that a program holds, by the numbers that it knows them by. */
import { ProtocolViolation } from '../../../protocol/violation.js';
import { Cancelled } from '../../nanny/faults.js';
import { Connection } from './connection.js';
import type { Endpoint } from './context.js';
import type { TcpServer } from './tcp-server.js';
import { UdpServer } from './udp-server.js';

type Held = Connection | TcpServer | UdpServer;
type Kind<T extends Held> = new (...args: never[]) => T;

export class Handles {
  private readonly held = new Map<number, Held>();
  private last = 0;
  /** Nothing is added any more. */
  ended = false;

  /** Throws Cancelled, and closes the socket, when the program has ended meanwhile. */
  add(socket: Held): number {
    if (this.ended) {
      closeAtOnce(socket);
      throw new Cancelled();
    }
    this.last += 1;
    this.held.set(this.last, socket);
    return this.last;
  }

  /** Undefined when it is closed. Throws ProtocolViolation for a handle that was never given, or is of another kind. */
  find<T extends Held>(kind: Kind<T>, handle: number): T | undefined {
    if (!(Number.isInteger(handle) && handle >= 1 && handle <= this.last)) {
      throw new ProtocolViolation('bad field', 'a handle never given');
    }
    const found = this.held.get(handle);
    if (found === undefined || found instanceof kind) return found;
    throw new ProtocolViolation('bad field', 'a handle of another kind');
  }

  has(handle: number): boolean {
    return this.held.has(handle);
  }

  delete(handle: number): void {
    this.held.delete(handle);
  }

  udpServerAt({ address, port }: Endpoint): UdpServer | undefined {
    for (const socket of this.held.values()) {
      if (socket instanceof UdpServer && socket.local.port === port && socket.local.address === address) return socket;
    }
    return undefined;
  }

  /** Closes everything. */
  end(): void {
    this.ended = true;
    for (const socket of this.held.values()) closeAtOnce(socket);
    this.held.clear();
  }
}

function closeAtOnce(socket: Held): void {
  if (socket instanceof Connection) socket.release();
  else socket.close();
}
