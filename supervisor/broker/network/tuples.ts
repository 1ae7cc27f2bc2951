/** The connections that all programs have open, to tell a connection that is open from one that the host is still cleaning up. */
import type { Endpoint } from './context.js';

export const tupleKey = (local: Endpoint, remote: Endpoint): string =>
  `${local.address} ${local.port} ${remote.address} ${remote.port}`;

export const openTuples = new Set<string>();
