/** The field `network` of a JSON policy: its schema, and the rules that it stands for. */
import {
  type AddressBlock,
  defaultNetwork,
  type Egress,
  type EgressRule,
  type NetworkRules,
  type PortRange,
  parseBlock,
  parsePorts,
} from './network-rules.js';
import { greatestPort } from './resources.js';
import { allowedKeyword } from './schema-errors.js';

interface GivenRule {
  readonly to: readonly string[];
  readonly ports?: readonly (number | string)[];
}

/** What the schema lets through. */
export interface GivenNetwork {
  readonly ipv6?: boolean;
  readonly names?: boolean;
  readonly egress?: { readonly allow?: readonly GivenRule[]; readonly deny?: readonly GivenRule[] };
}

/** Called with the path below `network`, and what is wrong there. */
export type Refuse = (path: readonly string[], given: unknown, allowed: string) => never;

const allowedBlock = 'an address or a block of addresses, for example "192.0.2.7", "10.0.0.0/8", "2001:db8::/32"';
const allowedPorts = `a port or a range of ports from 1 to ${greatestPort}, for example 443, "8000-8999"`;

export function networkSchema(): Record<string, unknown> {
  const rules = (description: string) => ({
    description,
    type: 'array',
    [allowedKeyword]: 'a list of rules, each with the field to',
    items: {
      type: 'object',
      required: ['to'],
      additionalProperties: false,
      [allowedKeyword]: 'a rule with the field to',
      properties: {
        to: {
          description: 'Addresses in CIDR notation.',
          type: 'array',
          minItems: 1,
          items: { type: 'string', [allowedKeyword]: allowedBlock },
          [allowedKeyword]: `a list, each item ${allowedBlock}`,
        },
        ports: {
          description: 'Left out: every port.',
          type: 'array',
          minItems: 1,
          items: { type: ['integer', 'string'], [allowedKeyword]: allowedPorts },
          [allowedKeyword]: `a list, each item ${allowedPorts}`,
        },
      },
    },
  });
  return {
    description: 'Where the program may send to, beyond what the resources say.',
    type: 'object',
    additionalProperties: false,
    [allowedKeyword]: 'an object with the fields ipv6, names, egress',
    properties: {
      ipv6: {
        description: 'Whether IPv6 addresses may be used as well.',
        type: 'boolean',
        default: false,
        [allowedKeyword]: 'true or false',
      },
      names: {
        description:
          'Whether gethostbyname() looks names up. Left out: yes, unless `egress` has an `allow` list, since a question about a name goes to ' +
          'whoever serves that name. Addresses in numbers are returned either way.',
        type: 'boolean',
        [allowedKeyword]: 'true or false',
      },
      egress: {
        description:
          'Outgoing messages and connections, loopback included. `deny` wins over `allow`. Without `allow` everything passes that ' +
          "isn't denied. Link-local and metadata addresses pass only when an `allow` rule names a block among them.",
        type: 'object',
        additionalProperties: false,
        [allowedKeyword]: 'an object with the fields allow, deny',
        properties: { allow: rules('Only these pass.'), deny: rules('These never pass.') },
      },
    },
  };
}

/** The rules that the field stands for. `refuse` throws. */
export function readNetwork(given: GivenNetwork | undefined, refuse: Refuse): NetworkRules {
  if (given === undefined) return defaultNetwork;
  const { ipv6 = false, egress = {}, names = egress.allow === undefined } = given;
  const read = (list: 'allow' | 'deny'): EgressRule[] | undefined =>
    egress[list]?.map((rule, index) => readRule(rule, ['egress', list, String(index)], refuse));
  const rules: Egress = { allow: read('allow'), deny: read('deny') ?? [] };
  return Object.freeze({ ipv6, names, egress: [rules] });
}

function readRule({ to, ports = [] }: GivenRule, path: readonly string[], refuse: Refuse): EgressRule {
  return {
    blocks: to.map((text, i) => parseBlock(text) ?? refuse([...path, 'to', String(i)], text, allowedBlock)),
    ports: ports.map((given, i) => parsePorts(given) ?? refuse([...path, 'ports', String(i)], given, allowedPorts)),
  };
}

/** The field that stands for the rules. Throws RangeError when they are several policies' together: no field stands for those. */
export function writeNetwork({ ipv6, names, egress }: NetworkRules): GivenNetwork {
  if (egress.length > 1) throw new RangeError("rules of several policies together can't be written as one policy");
  const rules = egress[0];
  if (rules === undefined) return { ipv6, names };
  const allow = rules.allow === undefined ? {} : { allow: rules.allow.map(writeRule) };
  const deny = rules.deny.length === 0 ? {} : { deny: rules.deny.map(writeRule) };
  return { ipv6, names, egress: { ...allow, ...deny } };
}

const writeRule = ({ blocks, ports }: EgressRule): GivenRule => ({
  to: blocks.map(writeBlock),
  ...(ports.length === 0 ? {} : { ports: ports.map(writePorts) }),
});
const writeBlock = ({ address, prefix }: AddressBlock): string => `${address}/${prefix}`;
const writePorts = ({ from, to }: PortRange): number | string => (from === to ? from : `${from}-${to}`);
