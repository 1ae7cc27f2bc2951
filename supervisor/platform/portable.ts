import type { Platform } from './platform.js';

const absent = (): never => {
  throw new Error('programs can only be confined on Linux so far');
};

export const portable: Platform = {
  kind: 'other',
  layers: [],
  stopSignals: ['SIGINT', 'SIGTERM'],
  enginePath: absent,
  claimSlot: absent,
  openLimiter: async () => absent(),
  createLauncher: absent,
  readCapacity: async () => absent(),
  setAffinity: async () => absent(),
  openPlace: async () => absent(),
  sockets: absent,
};
