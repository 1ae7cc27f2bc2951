import type { Platform } from './platform.js';

/** The platform that this process runs on. The only place that chooses; the others' code isn't even loaded. */
export async function hostPlatform(system: NodeJS.Platform = process.platform): Promise<Platform> {
  switch (system) {
    case 'linux':
      return (await import('./linux.js')).linux;
    case 'win32':
      return (await import('./windows.js')).windows;
    default:
      return (await import('./portable.js')).portable;
  }
}
