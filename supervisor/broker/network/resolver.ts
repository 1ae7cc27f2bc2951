/**
 * Names to addresses, for all programs. c-ares asks the host's name servers without threads: getaddrinfo would occupy the pool
 * that files share, for as long as a hostile name server likes. How many questions are open at once is bounded, and each has a time.
 */

import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIPv4, isIPv6 } from 'node:net';

const timeoutMs = 2000;
const tries = 2;
const questionsAtOnce = 32;
const hostsFile = '/etc/hosts';
/** How old what was read of the hosts file may be. */
const hostsAgeMs = 10_000;
/** Of DNS itself. */
const longestName = 253;
const wellFormed = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/;

/** An address rather than a name: nobody is asked about it. */
export const isNumeric = (name: string, ipv6: boolean): boolean => isIPv4(name) || (ipv6 && isIPv6(name));

export interface NameResolver {
  /** The first address; undefined when there is none. Never rejects. */
  resolve(name: string, ipv6: boolean): Promise<string | undefined>;
}

export class HostResolver implements NameResolver {
  private readonly resolver = new Resolver({ timeout: timeoutMs, tries });
  private readonly waiting: (() => void)[] = [];
  private open = 0;
  private hosts: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  private hostsReadAt = 0;

  async resolve(name: string, ipv6: boolean): Promise<string | undefined> {
    if (isNumeric(name, ipv6)) return name;
    if (name.length > longestName || !wellFormed.test(name)) return undefined;
    const listed = (await this.readHosts()).get(name.toLowerCase()) ?? [];
    const known = listed.find(isIPv4) ?? (ipv6 ? listed.find(isIPv6) : undefined);
    if (known !== undefined) return known;
    await this.enter();
    try {
      const [ipv4] = await this.resolver.resolve4(name).catch(() => []);
      if (ipv4 !== undefined || !ipv6) return ipv4;
      const [address] = await this.resolver.resolve6(name).catch(() => []);
      return address;
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.open >= questionsAtOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.open += 1;
  }

  /** Who waits longest takes the place over. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.open -= 1;
    else next();
  }

  private readHosts(): Promise<ReadonlyMap<string, readonly string[]>> {
    const now = performance.now();
    if (this.hosts === undefined || now - this.hostsReadAt > hostsAgeMs) {
      this.hostsReadAt = now;
      this.hosts = readFile(hostsFile, 'utf8').then(parseHosts, () => parseHosts(''));
    }
    return this.hosts;
  }
}

/** Addresses by lower-case name. */
export function parseHosts(text: string): Map<string, string[]> {
  const hosts = new Map([['localhost', ['127.0.0.1', '::1']]]);
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (address === undefined || address === '') continue;
    for (const name of names) hosts.set(name.toLowerCase(), [...(hosts.get(name.toLowerCase()) ?? []), address]);
  }
  return hosts;
}
