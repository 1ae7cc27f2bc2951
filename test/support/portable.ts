/** The product as it runs where there are no zygotes, on Linux: the portable platform, the pinned engine, the sockets of the addon. */
import type { SupervisorOptions } from '../../supervisor/index.js';
import { linux } from '../../supervisor/platform/linux.js';
import type { Platform } from '../../supervisor/platform/platform.js';
import { portable } from '../../supervisor/platform/portable.js';

export const portableLinux: Platform = { ...portable, sockets: linux.sockets };

/** Throws when the pinned engine isn't installed. */
export function portableOptions(): SupervisorOptions {
  return { platform: portableLinux, allowDegraded: true, launcher: { engine: linux.enginePath() } };
}
