/**
 * Resources that RepyV2 doesn't know: only in JSON policies, each without limit unless it is given, and not part of what
 * getresources() tells. Beside them, what is to happen at the limit of each resource. Data, and the types that follow from it.
 */
import { type AtLimit, type EnforcedBy, type Resource, resources } from './resources.js';

export interface Extension {
  readonly name: string;
  readonly unit: string;
  readonly number: 'float' | 'int';
  readonly least: { readonly above: number } | { readonly from: number };
  readonly greatest?: number;
  /** The first is what happens when the policy doesn't say. */
  readonly actions: readonly [AtLimit, ...AtLimit[]];
  readonly enforcedBy: EnforcedBy;
  readonly accuracy: string;
  readonly description: string;
}

const everywhere = (mechanism: string): EnforcedBy => ({ linux: mechanism, windows: mechanism, other: mechanism });
const clock = everywhere("the supervisor's clock");
const broker = everywhere('disk account in the supervisor');
const linuxOnly = (linux: string): EnforcedBy => ({ linux, windows: 'not enforced', other: 'not enforced' });

export const extensions = [
  {
    name: 'cputime',
    unit: 'seconds',
    number: 'float',
    least: { above: 0 },
    actions: ['stop'],
    enforcedBy: clock,
    accuracy: 'ended within 0.05 s of it, more when the host is busy',
    description: "Processor time in all, the supervisor's work for the program included.",
  },
  {
    name: 'walltime',
    unit: 'seconds',
    number: 'float',
    least: { above: 0 },
    actions: ['stop'],
    enforcedBy: clock,
    accuracy: 'ended within 0.05 s of it, more when the host is busy',
    description: 'Time on the wall since the program got its process.',
  },
  {
    name: 'diskbytes',
    unit: 'bytes',
    number: 'int',
    least: { from: 0 },
    actions: ['error', 'stop'],
    enforcedBy: broker,
    accuracy: 'exact: checked before each write',
    description: "The sizes of the files in the program's directory, without what diskused adds for each.",
  },
  {
    name: 'diskfiles',
    unit: 'files',
    number: 'int',
    least: { from: 0 },
    actions: ['error', 'stop'],
    enforcedBy: broker,
    accuracy: 'exact: checked before each is made',
    description: "Entries of the program's directory.",
  },
  {
    name: 'cpuweight',
    unit: 'of 100',
    number: 'int',
    least: { from: 1 },
    greatest: 10_000,
    actions: ['throttle'],
    enforcedBy: linuxOnly('cgroup cpu weight'),
    accuracy: "the kernel's: shares of a contended core are in proportion to the weights",
    description: 'Part of the processor time when programs compete for it; 100 is what everybody has.',
  },
  {
    name: 'memoryhigh',
    unit: 'bytes',
    number: 'int',
    least: { from: 1 },
    actions: ['throttle'],
    enforcedBy: linuxOnly('cgroup v2 memory.high'),
    accuracy: "the kernel's: above it the program is slowed down, and may get to its memory limit all the same",
    description: 'Memory above which the program is slowed down before its memory limit ends it.',
  },
] as const satisfies readonly Extension[];

export type ExtensionName = (typeof extensions)[number]['name'];
export type Extensions = Readonly<Partial<Record<ExtensionName, number>>>;

/** The greatest number of a processor that a `cpuset` may name. */
export const greatestProcessor = 1023;

/** What may happen at the limit of a resource or extension, the usual first. */
export function actionsAt(name: string): readonly AtLimit[] {
  const extension = extensions.find((candidate) => candidate.name === name);
  if (extension !== undefined) return extension.actions;
  const resource: Resource | undefined = resources.find((candidate) => candidate.name === name);
  if (resource === undefined) return [];
  if (resource.kind === 'rate' && name !== 'cpu') return ['wait', 'error', 'stop'];
  if (resource.kind === 'count') return ['error', 'stop'];
  return name === 'diskused' ? ['stop', 'error'] : [resource.atLimit];
}

export interface ExtendedLimits {
  readonly extensions?: Extensions;
  /** Numbers of the processors that the program may run on. */
  readonly cpuset?: readonly number[];
  /** What happens at a limit where it isn't the usual. */
  readonly atLimit?: Readonly<Record<string, AtLimit>>;
}

const usual = new Map(
  [...resources, ...extensions].map(({ name }): [string, AtLimit | undefined] => [name, actionsAt(name)[0]]),
);

/** What is to happen at this limit. Asked for at each charge. */
export function actionAt({ atLimit }: ExtendedLimits, name: string): AtLimit | undefined {
  return atLimit?.[name] ?? usual.get(name);
}
