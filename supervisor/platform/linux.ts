/** Linux: zygotes, seccomp, namespaces, cgroups. */
import { loadNative } from '../../seccomp/native/addon.js';
import { readCapacity } from '../host/capacity.js';
import { createLauncher } from '../launch/create-launcher.js';
import { enginePath } from '../launch/engine.js';
import { compileFilters } from '../launch/filters.js';
import { setAffinity } from '../limits/affinity.js';
import { chooseLimiter } from '../limits/choose-limiter.js';
import { isRootless } from '../limits/identities.js';
import { claimSlot } from '../limits/yard-slot.js';
import { byteNaming } from './naming.js';
import type { Platform } from './platform.js';
import { openProcPlace } from './proc-place.js';
import { rootlessLayers } from './rootless-layers.js';

export const linux: Platform = {
  kind: 'linux',
  // Every layer is there, or nothing is started; for an ordinary user some are of another make.
  get layers() {
    return isRootless() ? rootlessLayers : [];
  },
  stopSignals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  naming: byteNaming,
  enginePath,
  claimSlot,
  openLimiter: chooseLimiter,
  createLauncher: (tuning) => createLauncher({ ...tuning, filters: compileFilters() }),
  readCapacity,
  setAffinity,
  openPlace: openProcPlace,
  sockets: () => loadNative().sockets,
};
