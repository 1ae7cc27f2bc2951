/**
 * Whether a policy lets a program send to an address. Asked with numeric addresses only, so after every name resolution: a name
 * that points somewhere else than it seems wins nothing.
 */
import { BlockList } from 'node:net';
import { RepyError } from '../../../protocol/exceptions.js';
import {
  type AddressBlock,
  type Egress,
  type EgressRule,
  isReserved,
  type PortRange,
} from '../../../restrictions/network-rules.js';
import { expandIpv6 } from './addresses.js';

interface CompiledRule {
  readonly blocks: BlockList;
  /** Those of them that lie within the reserved blocks: only they name an address there. */
  readonly reserved: BlockList;
  readonly ports: readonly PortRange[];
}

interface CompiledEgress {
  readonly allow: readonly CompiledRule[] | undefined;
  readonly deny: readonly CompiledRule[];
}

const compiled = new WeakMap<Egress, CompiledEgress>();

/** Throws ResourceForbiddenError unless every one of the rule sets lets traffic pass. None: everything passes. */
export function checkEgress(rules: readonly Egress[], address: string, port: number): void {
  for (const egress of rules) {
    const { allow, deny } = compile(egress);
    if (waysOf(address).every((way) => passes(way, port, allow, deny))) continue;
    throw new RepyError(
      'ResourceForbiddenError',
      `Provided destip and destport are not allowed! IP: ${address} Port: ${port}`,
    );
  }
}

type Way = readonly [address: string, family: 'ipv4' | 'ipv6'];

function passes(
  [address, family]: Way,
  port: number,
  allow: CompiledEgress['allow'],
  deny: CompiledEgress['deny'],
): boolean {
  const matches = (list: BlockList, ports: readonly PortRange[]): boolean =>
    list.check(address, family) && (ports.length === 0 || ports.some(({ from, to }) => port >= from && port <= to));
  if (deny.some(({ blocks, ports }) => matches(blocks, ports))) return false;
  if (isReserved(address, family)) return allow?.some(({ reserved, ports }) => matches(reserved, ports)) ?? false;
  return allow === undefined || allow.some(({ blocks, ports }) => matches(blocks, ports));
}

/** The address, and the IPv4 address behind it where a translator or a tunnel (64:ff9b::/96, 2002::/16) would carry it there. */
function waysOf(address: string): Way[] {
  if (!address.includes(':')) return [[address, 'ipv4']];
  const groups = expandIpv6(address);
  const dotted = (high: number, low: number): Way => [[high >> 8, high & 255, low >> 8, low & 255].join('.'), 'ipv4'];
  const own: Way = [address, 'ipv6'];
  if (groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0)) {
    return [own, dotted(groups[6]!, groups[7]!)];
  }
  return groups[0] === 0x2002 ? [own, dotted(groups[1]!, groups[2]!)] : [own];
}

function compile(egress: Egress): CompiledEgress {
  let found = compiled.get(egress);
  if (found === undefined) {
    found = { allow: egress.allow?.map(compileRule), deny: egress.deny.map(compileRule) };
    compiled.set(egress, found);
  }
  return found;
}

function compileRule({ blocks, ports }: EgressRule): CompiledRule {
  const inside = blocks.filter(({ address, family, prefix }) => isReserved(address, family, prefix));
  return { blocks: blockList(blocks), reserved: blockList(inside), ports };
}

function blockList(blocks: readonly AddressBlock[]): BlockList {
  const list = new BlockList();
  for (const { address, family, prefix } of blocks) list.addSubnet(address, prefix, family);
  return list;
}
