/** Where a program's log goes. One sink may serve several programs; each write stays in one piece. */
export interface LogSink {
  /**
   * Takes the bytes, which the caller must not change afterwards. Returns undefined when more is welcome, otherwise a
   * promise of that: the writer's program waits for it. Rejects when the log can't be written.
   */
  write(bytes: Uint8Array): Promise<void> | undefined;
  /** Resolves once everything that was taken is written, and releases what the sink opened. Idempotent. */
  close(): Promise<void>;
}
