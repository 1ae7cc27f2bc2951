/**
 * Why the kernel may have refused a zygote its empty world, as far as this host shows it. Read only after it happened: a setting
 * that forbids user namespaces needn't hold for everybody.
 */
import { readFileSync } from 'node:fs';

export type WorldLackCause =
  /** Ubuntu's `kernel.apparmor_restrict_unprivileged_userns`. */
  | 'apparmor'
  /** `user.max_user_namespaces` is 0. */
  | 'no user namespaces'
  /** Debian's `kernel.unprivileged_userns_clone` is 0. */
  | 'not for ordinary users'
  /** The supervisor is under a seccomp filter, as in most containers. */
  | 'container'
  /** The supervisor is root without CAP_SYS_ADMIN, as in most containers. */
  | 'capability'
  | 'unknown';

export interface WorldLack {
  readonly cause: WorldLackCause;
  /** A clause. */
  readonly why: string;
  /** An imperative. */
  readonly fix: string;
}

type ReadText = (path: string) => string | undefined;

const readKernel: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
};

const sysAdmin = 1n << 21n;
const asRoot = 'or run repyard as root';

const sysctls = [
  {
    name: 'user.max_user_namespaces',
    forbids: '0',
    cause: 'no user namespaces',
    fix: `sudo sysctl -w user.max_user_namespaces=10000, ${asRoot}`,
  },
  {
    name: 'kernel.unprivileged_userns_clone',
    forbids: '0',
    cause: 'not for ordinary users',
    fix: `sudo sysctl -w kernel.unprivileged_userns_clone=1, ${asRoot}`,
  },
  {
    name: 'kernel.apparmor_restrict_unprivileged_userns',
    forbids: '1',
    cause: 'apparmor',
    fix: `give the pinned engine an AppArmor profile with \`userns,\`, or sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, ${asRoot}`,
  },
] as const;

/** `rootless`: whether the zygote had to make a user namespace. */
export function worldLack(rootless: boolean, read: ReadText = readKernel): WorldLack {
  if (rootless) {
    for (const { name, forbids, cause, fix } of sysctls) {
      if (read(`/proc/sys/${name.replace(/\./g, '/')}`) === forbids)
        return { cause, why: `ordinary users may not make user namespaces (${name} is ${forbids})`, fix };
    }
  }
  const status = read('/proc/self/status') ?? '';
  const capabilities = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  if (!rootless && (capabilities & sysAdmin) === 0n) {
    return {
      cause: 'capability',
      why: 'this root lacks the capability CAP_SYS_ADMIN, as in a container',
      fix: 'start the container with --cap-add SYS_ADMIN and a seccomp profile that allows unshare and mount',
    };
  }
  if (/^Seccomp:\s*2$/m.test(status)) {
    return {
      cause: 'container',
      why: 'the supervisor is itself under a seccomp filter, as in a container, which may forbid namespaces',
      fix: 'start the container with a seccomp profile that allows unshare, clone3 and mount (--security-opt seccomp=FILE), or run repyard outside of it',
    };
  }
  return {
    cause: 'unknown',
    why: 'no setting of this host says why; the step and the error are below',
    fix: `see whether \`unshare --user --map-current-user --net true\` works here (not in a chroot, nor under some security modules), ${rootless ? asRoot : 'or run repyard outside of what confines it'}`,
  };
}
