/** The controllers of cgroup v2. Source: the kernel's Documentation/admin-guide/cgroup-v2. */
import { type Controller, equals, fieldOf, lone, onlyWithSwap, pagesOf } from './controller.js';
import { bandwidthOf, cpuAccuracy } from './cpu-bandwidth.js';

const microsecond = 1e-6;

const cpu: Controller = {
  name: 'cpu',
  settings(limits, { cores }) {
    const { quota, period } = bandwidthOf(limits.cpu, cores);
    return [{ file: 'cpu.max', value: `${quota} ${period}`, tookEffect: equals(`${quota} ${period}`) }];
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
    return { resource: 'cpu', mechanism: 'cgroup v2 cpu', state: 'enforced', accuracy };
  },
};

const memory: Controller = {
  name: 'memory',
  settings: (limits, { swap }) => [
    // The group dies as a whole: no half-killed program.
    { file: 'memory.oom.group', value: '1', tookEffect: equals('1'), mayBeAbsent: true },
    {
      file: 'memory.swap.max',
      value: '0',
      tookEffect: equals('0'),
      ...onlyWithSwap(swap),
    },
    { file: 'memory.max', value: `${limits.memory}`, tookEffect: pagesOf(limits.memory) },
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
  enforcement: () => ({
    resource: 'memory',
    mechanism: 'cgroup v2 memory',
    state: 'enforced',
    accuracy: 'the peak never exceeds the limit rounded down to pages',
  }),
};

const pids: Controller = {
  name: 'pids',
  settings: ({ processes }) => [{ file: 'pids.max', value: `${processes}`, tookEffect: equals(`${processes}`) }],
  meters: [{ file: 'pids.current', parse: lone('processes') }],
  enforcement: () => ({ resource: 'processes', mechanism: 'cgroup v2 pids', state: 'enforced', accuracy: 'exact' }),
};

export const v2Controllers: readonly Controller[] = [cpu, memory, pids];
