/** The address of the host where RepyV2's answers were recorded; nobody else in its network answered. */
import { networkInterfaces } from 'node:os';

export const ownAddress = '10.200.0.2';

/** Whether this process is in such a network. */
export const isRecordedNetwork = (): boolean =>
  Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === ownAddress));
