/** The controllers of cgroup v2. Source: the kernel's Documentation/admin-guide/cgroup-v2. */
import type { Enforcement } from '../outcome.js';
import {
  burst,
  type Controller,
  equals,
  fieldOf,
  lone,
  onlyWithSwap,
  pagesOf,
  type Setting,
  usualWeight,
  weightEnforcement,
} from './controller.js';
import { bandwidthOf, cpuAccuracy } from './cpu-bandwidth.js';

const microsecond = 1e-6;

const cpu: Controller = {
  name: 'cpu',
  settings(limits, { cores }, from) {
    const { quota, period } = bandwidthOf(limits.cpu, cores);
    const weight = limits.cpuWeight ?? (from?.cpuWeight === undefined ? undefined : usualWeight);
    const file = 'cpu.max.burst';
    return [
      // A quota below the burst would be refused.
      ...(from === undefined ? [] : [burst(file, 0)]),
      { file: 'cpu.max', value: `${quota} ${period}`, tookEffect: equals(`${quota} ${period}`) },
      burst(file, quota),
      ...(weight === undefined ? [] : [{ file: 'cpu.weight', value: `${weight}`, tookEffect: equals(`${weight}`) }]),
    ];
  },
  meters: [
    {
      file: 'cpu.stat',
      parse(text) {
        const usage = fieldOf(text, 'usage_usec');
        const throttled = fieldOf(text, 'throttled_usec');
        if (usage === null || throttled === null) return null;
        return { cpuSeconds: usage * microsecond, throttledSeconds: throttled * microsecond };
      },
    },
  ],
  enforcement(limits, { cores }) {
    const accuracy = cpuAccuracy(bandwidthOf(limits.cpu, cores));
    const share: Enforcement = { resource: 'cpu', mechanism: 'cgroup v2 cpu', state: 'enforced', accuracy };
    return [share, ...weightEnforcement(limits, 'cgroup v2 cpu')];
  },
};

const memory: Controller = {
  name: 'memory',
  settings: (limits, { swap }, from) => [
    // The group dies as a whole: no half-killed program.
    { file: 'memory.oom.group', value: '1', tookEffect: equals('1'), mayBeAbsent: true },
    {
      file: 'memory.swap.max',
      value: '0',
      tookEffect: equals('0'),
      ...onlyWithSwap(swap),
    },
    { file: 'memory.max', value: `${limits.memory}`, tookEffect: pagesOf(limits.memory) },
    ...highSettings(limits.memoryHigh, from?.memoryHigh),
  ],
  meters: [
    { file: 'memory.current', parse: lone('memoryBytes') },
    // Linux 5.19; before, the peak is the highest that was polled.
    { file: 'memory.peak', parse: lone('memoryPeakBytes'), mayBeAbsent: true },
    {
      file: 'memory.events',
      parse(text) {
        const memoryKills = fieldOf(text, 'oom_kill');
        return memoryKills === null ? null : { memoryKills };
      },
    },
  ],
  enforcement: ({ memoryHigh }) => {
    const kept = { mechanism: 'cgroup v2 memory', state: 'enforced' } as const;
    return [
      { resource: 'memory', ...kept, accuracy: 'the peak never exceeds the limit rounded down to pages' },
      ...(memoryHigh === undefined ? [] : [{ resource: 'memoryhigh', ...kept, accuracy: 'slowed down above it' }]),
    ];
  },
};

function highSettings(high: number | undefined, before: number | undefined): Setting[] {
  if (high !== undefined) return [{ file: 'memory.high', value: `${high}`, tookEffect: pagesOf(high) }];
  return before === undefined ? [] : [{ file: 'memory.high', value: 'max', tookEffect: equals('max') }];
}

const pids: Controller = {
  name: 'pids',
  settings: ({ processes }) => [{ file: 'pids.max', value: `${processes}`, tookEffect: equals(`${processes}`) }],
  meters: [{ file: 'pids.current', parse: lone('processes') }],
  enforcement: () => ({ resource: 'processes', mechanism: 'cgroup v2 pids', state: 'enforced', accuracy: 'exact' }),
};

export const v2Controllers: readonly Controller[] = [cpu, memory, pids];
