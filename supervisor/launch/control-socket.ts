import { Socket } from 'node:net';
import { loadNative } from '../../seccomp/native/addon.js';
import { launchErrors } from './errors.js';
import { decodeReply, type Reply, replyBytes } from './wire.js';

interface Message {
  readonly bytes: Uint8Array;
  readonly fds: readonly number[];
  readonly settle: (error?: unknown) => void;
}

/** How long to wait before trying a full socket again: a zygote empties it in microseconds, unless it is stopped. */
const retryMs = 1;

const closedError = () => launchErrors.died('its control socket is closed', '');

/** The supervisor's end of a zygote's control socket: requests with descriptors out, fixed-size replies in. Owns its descriptor. */
export class ControlSocket {
  readonly #socket: Socket;
  readonly #fd: number;
  readonly #queue: Message[] = [];
  #partial = Buffer.alloc(0);
  /** Set by the one who asks, before the first request. */
  onReply: (reply: Reply) => void = () => {};
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  /** Resolves when the other end is closed and every reply before that was handed out. */
  readonly closed: Promise<void>;

  constructor(fd: number) {
    this.#fd = fd;
    this.#socket = new Socket({ fd });
    this.#socket.on('data', (data) => this.#receive(data));
    this.#socket.on('error', () => this.#socket.destroy());
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', () => {
        this.#end();
        resolve();
      });
    });
  }

  /** Sends bytes of any length in the stream; only before the first `send`. */
  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /**
   * Resolves once the message is in the socket: the caller may close its descriptors then. Messages keep their order. Rejects with
   * ZYGOTE_DIED when nobody reads at the other end.
   */
  send(bytes: Uint8Array, fds: readonly number[] = []): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ bytes, fds, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      this.#flush();
    });
  }

  destroy(): void {
    this.#end();
    this.#socket.destroy();
  }

  #flush(): void {
    if (this.#retry !== undefined) return;
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      try {
        // The number is only ours while the socket is open: afterwards it may name something else.
        if (this.#closed || this.#socket.destroyed) throw closedError();
        if (!loadNative().supervisor.sendWithFds(this.#fd, first.bytes, first.fds)) {
          this.#retry = setTimeout(() => {
            this.#retry = undefined;
            this.#flush();
          }, retryMs);
          return;
        }
        this.#queue.shift();
        first.settle();
      } catch (error) {
        this.#queue.shift();
        first.settle((error as NodeJS.ErrnoException).code === 'EPIPE' ? closedError() : error);
      }
    }
  }

  #end(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#flush();
  }

  #receive(data: Buffer): void {
    let rest = this.#partial.length === 0 ? data : Buffer.concat([this.#partial, data]);
    while (rest.length >= replyBytes) {
      this.onReply(decodeReply(rest.subarray(0, replyBytes)));
      rest = rest.subarray(replyBytes);
    }
    this.#partial = Buffer.from(rest);
  }
}
