import { ntfsNaming } from './naming.js';
import type { Platform } from './platform.js';

const absent = (): never => {
  throw new Error('programs can only be confined on Linux so far');
};

export const windows: Platform = {
  kind: 'windows',
  layers: [],
  stopSignals: ['SIGINT', 'SIGTERM'],
  naming: ntfsNaming,
  enginePath: absent,
  claimSlot: absent,
  openLimiter: async () => absent(),
  createLauncher: absent,
  readCapacity: async () => absent(),
  setAffinity: async () => absent(),
  openPlace: async () => absent(),
  sockets: absent,
};
