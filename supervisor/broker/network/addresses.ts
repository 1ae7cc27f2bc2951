/** What RepyV2 takes for an IP address and for a port. Names are never addresses here: a program resolves them first. */
import { isIPv6, SocketAddress } from 'node:net';
import { RepyError } from '../../../protocol/exceptions.js';

const decimal = /^(?:0|[1-9]\d{0,2})$/;
/** From here on addresses are for multicast, or of no use. */
const firstMulticast = 224;
const greatestPort = 65535;

/** RepyV2's rule: a dotted quad whose first octet is 1 to 223, and for a reason that it keeps to itself not 192.168.0.0. */
function isValidIpv4(text: string): boolean {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => decimal.test(octet) && Number(octet) <= 255)) return false;
  const first = Number(octets[0]);
  return first > 0 && first < firstMulticast && text !== '192.168.0.0';
}

/**
 * An address of one host, in hexadecimal alone: no zone, which would name an interface; none that embeds an IPv4 address in dotted
 * or mapped form, which the kernel would take as a way to it past the rules for IPv4.
 */
function isValidIpv6(text: string): boolean {
  if (!isIPv6(text) || text.includes('%') || text.includes('.')) return false;
  const groups = expandIpv6(text);
  const zeros = groups.findIndex((group) => group !== 0);
  // ::, ::1.2.3.4 and ::ffff:1.2.3.4; ::1 is the loopback.
  if (zeros === -1 || zeros >= 5) return zeros === 7 && groups[7] === 1;
  return groups[0]! < 0xff00;
}

/** The eight groups of a valid address without dots. */
export function expandIpv6(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const numbers = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [left, right] = [numbers(head), numbers(tail ?? '')];
  return [...left, ...new Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
}

/** Throws RepyArgumentError. `name` is the argument's. */
export function checkAddress(name: string, address: string, ipv6: boolean): void {
  if (isValidIpv4(address) || (ipv6 && isValidIpv6(address))) return;
  throw new RepyError('RepyArgumentError', `Provided ${name} is not valid! IP: '${address}'`);
}

/** Throws RepyArgumentError. */
export function checkPort(name: string, port: number): void {
  if (Number.isInteger(port) && port >= 1 && port <= greatestPort) return;
  throw new RepyError('RepyArgumentError', `Provided ${name} is not valid! Port: ${port}`);
}

/** Whether traffic with this valid address stays in the host, and is metered as such. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || (address.includes(':') && expandIpv6(address).join() === '0,0,0,0,0,0,0,1');
}

/** The shortest spelling of an IPv6 address; anything else as it is. */
export const oneSpelling = (address: string): string =>
  address.includes(':') && isIPv6(address) && !address.includes('%')
    ? new SocketAddress({ address, family: 'ipv6' }).address
    : address;
