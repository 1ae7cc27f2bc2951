/** Blocks of addresses against plain arithmetic: whether an address lies in a block must not be a matter of luck. */
import fc from 'fast-check';
import t from 'tap';
import type { AddressBlock, Egress } from '../../../restrictions/network-rules.js';
import { expandIpv6, isLoopback, oneSpelling } from '../../../supervisor/broker/network/addresses.js';
import { checkEgress } from '../../../supervisor/broker/network/egress.js';

const bitsOf = { ipv4: 32, ipv6: 128 } as const;
type Family = keyof typeof bitsOf;

function text(value: bigint, family: Family): string {
  const [size, count, radix, join] = family === 'ipv4' ? ([8n, 4, 10, '.'] as const) : ([16n, 8, 16, ':'] as const);
  return Array.from({ length: count }, (_, i) =>
    ((value >> (size * BigInt(count - 1 - i))) & ((1n << size) - 1n)).toString(radix),
  ).join(join);
}

const inBlock = (address: bigint, block: bigint, prefix: number, bits: number): boolean => {
  const shift = BigInt(bits - prefix);
  return address >> shift === block >> shift;
};

/** An address and a block, mostly of a like beginning, so that both answers come up. */
const cases = fc.constantFrom<Family>('ipv4', 'ipv6').chain((family) => {
  const bits = bitsOf[family];
  const number = fc.bigInt(0n, (1n << BigInt(bits)) - 1n);
  return fc.record({
    family: fc.constant(family),
    block: number,
    prefix: fc.integer({ min: 0, max: bits }),
    flipped: fc.option(fc.integer({ min: 0, max: bits - 1 }), { nil: undefined }),
    low: number,
  });
});

function denied(blocks: readonly AddressBlock[], address: string): boolean {
  const rules: Egress = { allow: undefined, deny: [{ blocks, ports: [] }] };
  try {
    checkEgress([rules], address, 80);
    return false;
  } catch {
    return true;
  }
}

t.test('a denied block denies its addresses, and no others', async (t) => {
  const reserved = /^(169\.254\.|fe[89ab]|fd00:ec2:|64:ff9b:0:0:0:0:|2002:)/;
  let [inside, outside] = [0, 0];
  fc.assert(
    fc.property(cases, ({ family, block, prefix, flipped, low }) => {
      const bits = bitsOf[family];
      const free = (1n << BigInt(bits - prefix)) - 1n;
      const near = (block & ~free) | (low & free);
      const address = flipped === undefined ? near : near ^ (1n << BigInt(bits - 1 - flipped));
      const shown = text(address, family);
      fc.pre(!reserved.test(shown));
      const expected = inBlock(address, block, prefix, bits);
      if (expected) inside += 1;
      else outside += 1;
      return denied([{ address: text(block, family), family, prefix }], shown) === expected;
    }),
    { numRuns: 3000, seed: 7 },
  );
  t.ok(inside > 500 && outside > 500, `${inside} inside, ${outside} outside`);
});

t.test('an IPv6 address keeps its value in every spelling', async (t) => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      fc.pre(!address.includes('.'));
      const one = oneSpelling(address);
      fc.pre(!one.includes('.'));
      return expandIpv6(one).join() === expandIpv6(address).join() && oneSpelling(one) === one;
    }),
    { numRuns: 2000, seed: 7 },
  );
  t.equal(oneSpelling('0:0:0:0:0:0:0:1'), '::1');
  t.equal(isLoopback('0:0:0:0:0:0:0:1'), true);
  t.equal(isLoopback('::2'), false);
  t.equal(isLoopback('127.255.255.255'), true);
  t.equal(isLoopback('128.0.0.1'), false);
});
