import { isIP } from 'node:net';
import type { NetworkPolicy } from '../program-spec.js';
import { usageExitCode } from './exit-codes.js';
import { refuse } from './run-input.js';

/** RepyV2's options about the addresses of a program's sockets. */
export interface AddressOptions {
  readonly ip?: readonly string[];
  readonly iface?: readonly string[];
  readonly nootherips?: boolean;
}

/** Undefined when nothing was said. Throws Refused for what isn't an address: a program would run with less than was meant. */
export function networkPolicy({ ip = [], iface = [], nootherips = false }: AddressOptions): NetworkPolicy | undefined {
  if (ip.length === 0 && iface.length === 0 && !nootherips) return undefined;
  const wrong = ip.find((address) => isIP(address) === 0);
  if (wrong !== undefined) {
    refuse(
      {
        to: 'err',
        text: `repyard run: '${wrong}', given with --ip, is not an address: it takes one like 192.0.2.7 or 2001:db8::7\n`,
      },
      usageExitCode,
    );
  }
  return { addresses: ip, interfaces: iface, onlyListed: nootherips };
}
