/** What a peer did wrong on the channel. Kept few and fixed, so that outcomes and tests can rely on them. */
export type ViolationReason =
  | 'frame too large'
  | 'frame too short'
  | 'truncated value'
  | 'unknown tag'
  | 'too deep'
  | 'too many elements'
  | 'bad number'
  | 'duplicate key'
  | 'trailing bytes'
  | 'unknown message type'
  | 'bad field'
  | 'bad id'
  | 'text too long'
  | 'message out of order'
  | 'unknown call'
  | 'unfinished frame';

/** The only error that decoding throws. The supervisor kills a child that causes it; a child that meets it ends. */
export class ProtocolViolation extends Error {
  constructor(
    readonly reason: ViolationReason,
    detail = '',
  ) {
    super(detail === '' ? reason : `${reason}: ${detail}`);
    this.name = 'ProtocolViolation';
  }
}
