/**
 * The supervisor's end of one child's socketpair: a Socket that avoids the stream's detours where they cost or lose something.
 *
 * Reading: all channels read into one shared buffer, and a receiver gets the bytes at once. While paused nothing is read at
 * all; a stream would go on reading ahead, and lose what it had read when the child's death resets the connection.
 * Writing: first straight to the descriptor, which costs half of a stream's write. A child that has gone shows as EPIPE there, and its
 * last messages can still be read, where the stream would be destroyed with them unread.
 */
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import { constants } from 'node:os';
import { loadNative } from '../seccomp/native/addon.js';

const shared = Buffer.allocUnsafeSlow(128 << 10);

/** What a session needs of the way to its child. */
export interface ChildChannel {
  readonly closed: boolean;
  /** Bytes that were sent and that the system hasn't taken yet. */
  readonly writableLength: number;
  /** `close`: all that the child sent was received, or it was destroyed. `drain`: everything sent was taken. */
  on(event: 'close' | 'error' | 'drain', listener: () => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  /** From now on `receiver` gets what arrives. A chunk is valid during the call only. */
  receive(receiver: (chunk: Buffer) => void): void;
  /** Sends the bytes, which may be overwritten afterwards unless `writableLength` is then above 0. Drops them if nobody reads any more. */
  send(bytes: Uint8Array): void;
  /** While paused nothing is read, so that a child that sends more is held up. */
  pause(): unknown;
  resume(): unknown;
  destroy(): unknown;
}

export class Channel extends Socket implements ChildChannel {
  private receiver: ((chunk: Buffer) => void) | undefined;
  private peerGone = false;
  private readonly native = loadNative().supervisor;

  /** Takes over the descriptor of a stream socket. */
  constructor(private readonly descriptor: number) {
    const options: SocketConstructorOpts & ConnectOpts = {
      fd: descriptor,
      onread: {
        buffer: shared,
        callback: (count) => {
          const chunk = shared.subarray(0, count);
          if (this.receiver === undefined) return this.push(Buffer.from(chunk));
          this.receiver(chunk);
          return true;
        },
      },
    };
    super(options);
  }

  /** Instead of `data` events. */
  receive(receiver: (chunk: Buffer) => void): void {
    const early = this.read() as Buffer | null;
    this.receiver = receiver;
    this.resume();
    // Last, because the receiver may pause.
    if (early !== null) receiver(early);
  }

  send(bytes: Uint8Array): void {
    if (this.destroyed || this.peerGone) return;
    if (this.writableLength > 0) {
      this.write(bytes);
      return;
    }
    const sent = this.sendNow(bytes);
    if (sent < bytes.length && !this.peerGone) this.write(bytes.subarray(sent));
  }

  /** Bytes that the kernel took at once. */
  private sendNow(bytes: Uint8Array): number {
    const sent = this.native.send(this.descriptor, bytes, bytes.length);
    if (sent >= 0) return sent;
    this.peerGone = sent !== -constants.errno.EAGAIN;
    return 0;
  }
}
