/** Which addresses of the host a program may bind to, and which it is told is its own: RepyV2's --ip, --iface and --nootherips. */
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { RepyError } from '../../../protocol/exceptions.js';
import type { SocketNative } from '../../../seccomp/native/addon.js';
import type { NetworkPolicy } from '../../program-spec.js';
import { isLoopback, oneSpelling } from './addresses.js';

export const anyAddress: NetworkPolicy = { addresses: [], interfaces: [], onlyListed: false };

/** Addresses far away, by which the host's route to the world is found. Nothing is sent to them. */
const farAway = ['198.41.0.4', '192.33.4.12', '192.5.5.241'];
const loopback = '127.0.0.1';
/** How old a look at the host's interfaces may be. */
const lookedMs = 1000;

export class LocalAddresses {
  private listed: readonly string[] = [];
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly policy: NetworkPolicy,
    private readonly sockets: () => SocketNative,
  ) {}

  /** Throws ResourceForbiddenError. */
  check(address: string): void {
    if (!this.policy.onlyListed || isLoopback(address) || this.list().includes(address)) return;
    throw new RepyError('ResourceForbiddenError', `Provided localip is not allowed! IP: ${address}`);
  }

  /** With preferences the first that is there, else the loopback; otherwise what the world sees. Throws InternetConnectivityError. */
  own(): string {
    const { addresses, interfaces } = this.policy;
    if (addresses.length + interfaces.length > 0) {
      return this.list().find((address) => isIPv4(address) && this.isHere(address)) ?? loopback;
    }
    for (const target of farAway) {
      const route = this.sockets().routeTo(target);
      if (Array.isArray(route)) return route[1];
    }
    throw new RepyError('InternetConnectivityError', 'Cannot detect a connection to the Internet.');
  }

  private list(): readonly string[] {
    const now = performance.now();
    if (now - this.lookedAt < lookedMs) return this.listed;
    const { addresses, interfaces } = this.policy;
    const found = interfaces.length === 0 ? {} : networkInterfaces();
    this.listed = [
      ...addresses.map(oneSpelling),
      ...interfaces.flatMap((name) => (found[name] ?? []).map(({ address }) => address)),
    ];
    this.lookedAt = now;
    return this.listed;
  }

  private isHere(address: string): boolean {
    const fd = this.sockets().open(0, 0, address, 0);
    if (fd >= 0) this.sockets().close(fd);
    return fd >= 0;
  }
}
