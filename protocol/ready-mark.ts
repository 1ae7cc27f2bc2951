/**
 * What a child that was started instead of forked writes before its first frame: its runtime is loaded and hardened, and it waits for its program.
 * The last byte counts versions.
 */
export const readyMark: Uint8Array = Uint8Array.of(0x52, 0x59, 0x52, 1);
