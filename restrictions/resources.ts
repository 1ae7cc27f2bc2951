/**
 * The resource table: everything that a program's use is limited in. Data only; the parsers, the arithmetic, the JSON
 * schema and the documentation walk it. Source of names, kinds and number types: RepyV2's resource_constants.py and
 * resourcemanipulation.py, as observed.
 */

/** How a resource is used up. */
export type ResourceKind =
  /** Renewable: so much per second. */
  | 'rate'
  /** So much at once; given back when freed. */
  | 'quantity'
  /** So many items at once. */
  | 'count'
  /** Individual items, here port numbers; a program has each or has it not. */
  | 'port';

/** What a program meets at its limit. */
export type AtLimit =
  /** The call that passed the limit returns late, when the use has drained. */
  | 'wait'
  /** The process gets no more processor time until the next period. */
  | 'throttle'
  /** The call fails with a Repy exception that the program can catch. */
  | 'error'
  /** The program ends; its outcome names the resource. */
  | 'stop';

/** Which mechanism keeps the limit on each kind of host. What a host really enforces is part of every outcome. */
export interface EnforcedBy {
  readonly linux: string;
  readonly windows: string;
  readonly other: string;
}

export interface Resource {
  readonly name: string;
  readonly kind: ResourceKind;
  /** For example `bytes/s`. Empty for ports. */
  readonly unit: string;
  /** How its value is written: `float` as Python's float() reads it, `int` as Python's int() does. */
  readonly number: 'float' | 'int';
  /** Whether a policy must name it; otherwise `default` holds. */
  readonly required: boolean;
  /** The limit when none is given. Ports: none allowed. */
  readonly default: 0;
  /** The least limit that makes sense; `above` excludes the bound itself. */
  readonly least: { readonly above: number } | { readonly from: number };
  readonly atLimit: AtLimit;
  /** The Repy exception that `atLimit: 'error'` raises. */
  readonly exception?: 'ResourceExhaustedError' | 'ResourceForbiddenError';
  readonly enforcedBy: EnforcedBy;
  /** The promise in words and figures. */
  readonly accuracy: string;
  readonly origin: 'RepyV2' | 'extension';
  readonly description: string;
}

const broker: EnforcedBy = {
  linux: 'nanny in the supervisor',
  windows: 'nanny in the supervisor',
  other: 'nanny in the supervisor',
};
const exact = 'exact: asked for before each use';
const drained = 'over t seconds at most limit x (t + 1), plus the cost of one call';

function bucket<Name extends string>(name: Name, description: string) {
  return {
    name,
    kind: 'rate',
    unit: 'bytes/s',
    number: 'float',
    required: false,
    default: 0,
    least: { from: 0 },
    atLimit: 'wait',
    enforcedBy: broker,
    accuracy: drained,
    origin: 'RepyV2',
    description,
  } as const satisfies Resource;
}

function count<Name extends string>(name: Name, unit: string, least: number, description: string) {
  return {
    name,
    kind: 'count',
    unit,
    number: 'int',
    required: false,
    default: 0,
    least: { from: least },
    atLimit: 'error',
    exception: 'ResourceExhaustedError',
    enforcedBy: broker,
    accuracy: exact,
    origin: 'RepyV2',
    description,
  } as const satisfies Resource;
}

function port<Name extends string>(name: Name, description: string) {
  return {
    name,
    kind: 'port',
    unit: '',
    number: 'int',
    required: false,
    default: 0,
    least: { from: 1 },
    atLimit: 'error',
    exception: 'ResourceForbiddenError',
    enforcedBy: broker,
    accuracy: exact,
    origin: 'RepyV2',
    description,
  } as const satisfies Resource;
}

export const resources = [
  {
    name: 'cpu',
    kind: 'rate',
    unit: 'cores',
    number: 'float',
    required: true,
    default: 0,
    least: { above: 0 },
    atLimit: 'throttle',
    enforcedBy: {
      linux: 'cgroup cpu quota',
      windows: 'job object cpu rate',
      other: 'polled: stopped and continued',
    },
    accuracy: 'within 2 % of the limit over 10 seconds, when the host has the time to give',
    origin: 'RepyV2',
    description: 'Processor time per second: 0.25 is a quarter of one core.',
  },
  {
    name: 'memory',
    kind: 'quantity',
    unit: 'bytes',
    number: 'int',
    required: true,
    default: 0,
    least: { from: 1 },
    atLimit: 'stop',
    enforcedBy: { linux: 'cgroup memory', windows: 'job object memory', other: 'polled: killed' },
    accuracy: 'peak at most 1.02 of the limit',
    origin: 'RepyV2',
    description: 'Memory that the program itself uses, on top of the runtime that all programs share.',
  },
  {
    name: 'diskused',
    kind: 'quantity',
    unit: 'bytes',
    number: 'int',
    required: true,
    default: 0,
    least: { from: 0 },
    atLimit: 'stop',
    enforcedBy: broker,
    accuracy: 'checked before each write: never passed by the program',
    origin: 'RepyV2',
    description: "Bytes in the program's directory, with 4096 for each file.",
  },
  bucket('filewrite', 'Bytes written to files, in blocks of 4096.'),
  bucket('fileread', 'Bytes read from files, in blocks of 4096.'),
  bucket('netsend', 'Bytes sent to other hosts, headers included.'),
  bucket('netrecv', 'Bytes received from other hosts, headers included.'),
  bucket('loopsend', 'Bytes sent to 127.0.0.0/8, headers included.'),
  bucket('looprecv', 'Bytes received from 127.0.0.0/8, headers included.'),
  bucket('lograte', 'Bytes written to the log.'),
  bucket('random', 'Random bytes; a call takes 1024.'),
  count('events', 'threads', 1, 'Threads at once; the program itself is the first.'),
  count('filesopened', 'files', 0, 'Files open at once.'),
  count('insockets', 'sockets', 0, 'Listening sockets at once.'),
  count('outsockets', 'sockets', 0, 'Connections at once.'),
  port('messport', 'A UDP port that the program may use; may be given many times.'),
  port('connport', 'A TCP port that the program may use; may be given many times.'),
] as const satisfies readonly Resource[];

export type ResourceName = (typeof resources)[number]['name'];

/** The greatest port number; the least is each port resource's `least`. */
export const greatestPort = 65535;

const byName = new Map<string, Resource>(resources.map((resource) => [resource.name, resource]));

export function findResource(name: string): Resource | undefined {
  return byName.get(name);
}

export function isResourceName(name: string): name is ResourceName {
  return byName.has(name);
}

/** The resources with one number for a limit: all but the ports. */
export const numericResources: readonly Resource[] = resources.filter((resource) => resource.kind !== 'port');
