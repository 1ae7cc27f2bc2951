/**
 * What a JSON policy says of the network beyond RepyV2's resources: whether IPv6 addresses may be used, whether names are looked
 * up, and where outgoing traffic may go. RepyV2's text format has none of it.
 */
import { BlockList, isIP } from 'node:net';
import { greatestPort } from './resources.js';

export interface AddressBlock {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  /** Leading bits that count. */
  readonly prefix: number;
}

/** Both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface EgressRule {
  readonly blocks: readonly AddressBlock[];
  /** Empty: every port. */
  readonly ports: readonly PortRange[];
}

export interface Egress {
  /** Undefined: everything that isn't denied, but for the reserved blocks. */
  readonly allow: readonly EgressRule[] | undefined;
  /** Wins over `allow`. */
  readonly deny: readonly EgressRule[];
}

export interface NetworkRules {
  readonly ipv6: boolean;
  /** Whether gethostbyname() asks for names: a question reaches whoever serves that name, wherever that is. */
  readonly names: boolean;
  /** All of them must let traffic pass; none lets everything pass. */
  readonly egress: readonly Egress[];
}

/** What a JSON policy that says nothing of the network means: IPv4, everywhere but in the reserved blocks. */
export const defaultNetwork: NetworkRules = Object.freeze({
  ipv6: false,
  names: true,
  egress: [{ allow: undefined, deny: [] }],
});

/** RepyV2's: what holds where a policy says nothing, because it can't. */
export const repyV2Network: NetworkRules = Object.freeze({ ipv6: false, names: true, egress: [] });

/**
 * Blocks where hosts keep what programs mustn't see, foremost the metadata services of clouds. Traffic there passes only when an
 * `allow` rule names a block inside.
 */
export const reservedBlocks: readonly AddressBlock[] = [
  { address: '169.254.0.0', family: 'ipv4', prefix: 16 },
  { address: 'fe80::', family: 'ipv6', prefix: 10 },
  { address: 'fd00:ec2::', family: 'ipv6', prefix: 32 },
];

const reserved = reservedBlocks.map((block) => {
  const list = new BlockList();
  list.addSubnet(block.address, block.prefix, block.family);
  return { block, list };
});

/** Whether an address, or a block of at least that prefix, lies within a reserved block. */
export function isReserved(address: string, family: 'ipv4' | 'ipv6', prefix = Number.POSITIVE_INFINITY): boolean {
  return reserved.some(
    ({ block, list }) => block.family === family && prefix >= block.prefix && list.check(address, family),
  );
}

/** `10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`; undefined for anything else. */
export function parseBlock(text: string): AddressBlock | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0 || address.includes('%')) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : Number(bits);
  if ((bits !== undefined && !/^\d{1,3}$/.test(bits)) || prefix > longest) return undefined;
  return { address, family: version === 4 ? 'ipv4' : 'ipv6', prefix };
}

/** `443` or `"8000-8999"`; undefined for anything else. */
export function parsePorts(given: number | string): PortRange | undefined {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(given)) ?? [];
  const range = { from: Number(from), to: Number(to) };
  return range.from >= 1 && range.from <= range.to && range.to <= greatestPort ? range : undefined;
}

/** What both let pass: for two programs, or two policies, together. */
export function intersectNetworks(a: NetworkRules = repyV2Network, b: NetworkRules = repyV2Network): NetworkRules {
  return { ipv6: a.ipv6 && b.ipv6, names: a.names && b.names, egress: [...new Set([...a.egress, ...b.egress])] };
}
