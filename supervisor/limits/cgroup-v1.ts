/** The controllers of cgroup v1 (also of a hybrid host). Source: the kernel's Documentation/admin-guide/cgroup-v1. */
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

const nanosecond = 1e-9;
/** v1's count of a weight, and the kernel's least. */
const usualShares = 1024;
const leastShares = 2;
const burstFile = 'cpu.cfs_burst_us';

const cpu: Controller = {
  name: 'cpu',
  settings(limits, { cores }, from) {
    const { quota, period } = bandwidthOf(limits.cpu, cores);
    // No quota while the period changes: the old quota in the new period might exceed the parent's share.
    const lifted: Setting = { file: 'cpu.cfs_quota_us', value: '-1', tookEffect: equals('-1') };
    const weight = limits.cpuWeight ?? (from?.cpuWeight === undefined ? undefined : usualWeight);
    const shares = `${Math.max(leastShares, Math.round(((weight ?? usualWeight) / usualWeight) * usualShares))}`;
    return [
      ...(weight === undefined ? [] : [{ file: 'cpu.shares', value: shares, tookEffect: equals(shares) }]),
      // A quota below the burst would be refused.
      ...(from === undefined ? [] : [burst(burstFile, 0), lifted]),
      { file: 'cpu.cfs_period_us', value: `${period}`, tookEffect: equals(`${period}`) },
      { file: 'cpu.cfs_quota_us', value: `${quota}`, tookEffect: equals(`${quota}`) },
      burst(burstFile, quota),
    ];
  },
  meters: [
    {
      file: 'cpu.stat',
      parse(text) {
        const throttled = fieldOf(text, 'throttled_time');
        return throttled === null ? null : { throttledSeconds: throttled * nanosecond };
      },
    },
  ],
  enforcement(limits, { cores }) {
    const accuracy = cpuAccuracy(bandwidthOf(limits.cpu, cores));
    const share: Enforcement = { resource: 'cpu', mechanism: 'cgroup v1 cpu', state: 'enforced', accuracy };
    return [share, ...weightEnforcement(limits, 'cgroup v1 cpu')];
  },
};

const cpuacct: Controller = {
  name: 'cpuacct',
  settings: () => [],
  meters: [{ file: 'cpuacct.usage', parse: lone('cpuSeconds', nanosecond) }],
  enforcement: () => undefined,
};

const memory: Controller = {
  name: 'memory',
  settings(limits, { swap }, from) {
    const value = `${limits.memory}`;
    const resident: Setting = { file: 'memory.limit_in_bytes', value, tookEffect: pagesOf(limits.memory) };
    const withSwap: Setting = {
      file: 'memory.memsw.limit_in_bytes',
      value,
      tookEffect: pagesOf(limits.memory),
      ...onlyWithSwap(swap),
    };
    // The second limit may never be below the first.
    const raised = from !== undefined && limits.memory > from.memory;
    return [
      // Inherited from the parent: with 1, a process at its limit would hang instead of being killed.
      { file: 'memory.oom_control', value: '0', tookEffect: (text) => fieldOf(text, 'oom_kill_disable') === 0 },
      { file: 'memory.swappiness', value: '0', tookEffect: equals('0'), mayBeAbsent: true },
      ...(raised ? [withSwap, resident] : [resident, withSwap]),
    ];
  },
  meters: [
    { file: 'memory.usage_in_bytes', parse: lone('memoryBytes') },
    { file: 'memory.max_usage_in_bytes', parse: lone('memoryPeakBytes') },
    {
      file: 'memory.oom_control',
      parse(text) {
        const memoryKills = fieldOf(text, 'oom_kill');
        return memoryKills === null ? null : { memoryKills };
      },
    },
  ],
  enforcement: ({ memoryHigh }) => {
    const mechanism = 'cgroup v1 memory';
    const accuracy = 'the peak never exceeds the limit rounded down to pages';
    const limit: Enforcement = { resource: 'memory', mechanism, state: 'enforced', accuracy };
    const lacking = 'cgroup v1 has nothing like it';
    const high: Enforcement = { resource: 'memoryhigh', mechanism, state: 'not enforced', accuracy: lacking };
    return memoryHigh === undefined ? limit : [limit, high];
  },
};

const pids: Controller = {
  name: 'pids',
  settings: ({ processes }) => [{ file: 'pids.max', value: `${processes}`, tookEffect: equals(`${processes}`) }],
  meters: [{ file: 'pids.current', parse: lone('processes') }],
  enforcement: () => ({ resource: 'processes', mechanism: 'cgroup v1 pids', state: 'enforced', accuracy: 'exact' }),
};

export const v1Controllers: readonly Controller[] = [cpu, cpuacct, memory, pids];
