import { arch } from 'node:os';
import { type Profile, profiles } from '../../restrictions/profile.js';
import { compilePolicy } from '../../seccomp/compile.js';
import { hardenedPolicy, jitPolicy, type Policy } from '../../seccomp/policy.js';
import type { Architecture } from '../../seccomp/syscalls.js';

const policyOf: Readonly<Record<Profile, Policy>> = { jit: jitPolicy, hardened: hardenedPolicy };

/** The seccomp filter of each profile, for this host's processor. Throws when there is no policy for it. */
export function compileFilters(cpu: string = arch()): Readonly<Record<Profile, Uint8Array>> {
  const architecture = architectureOf(cpu);
  const compiled = profiles.map((profile) => [profile, compilePolicy(policyOf[profile], architecture)] as const);
  return Object.fromEntries(compiled) as Record<Profile, Uint8Array>;
}

function architectureOf(cpu: string): Architecture {
  if (cpu === 'x64' || cpu === 'arm64') return cpu;
  throw new Error(`there is no seccomp policy for ${cpu} processors; there are some for x64 and arm64`);
}
