import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { type Architecture, type SyscallName, syscalls } from '../../seccomp/syscalls.js';

/** The kernel's own headers; the generic one is arm64's. */
const headers: Record<Architecture, string> = {
  x64: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h',
  arm64: '/usr/include/asm-generic/unistd.h',
};

/** Names under which the generic header defines calls whose 32-bit variant differs. */
const genericAlias: Partial<Record<SyscallName, string>> = {
  mmap: '__NR3264_mmap',
  fcntl: '__NR3264_fcntl',
  newfstatat: '__NR3264_fstatat',
};

for (const architecture of ['x64', 'arm64'] as const) {
  const header = headers[architecture];
  t.test(
    `numbers agree with the kernel's header for ${architecture}`,
    { skip: !existsSync(header) && `no ${header}` },
    (t) => {
      const text = readFileSync(header, 'utf8');
      for (const [name, { [architecture]: number }] of Object.entries(syscalls)) {
        const macro = (architecture === 'arm64' && genericAlias[name as SyscallName]) || `__NR_${name}`;
        const defined = new RegExp(`^#define ${macro} (\\d+)$`, 'm').exec(text)?.[1];
        t.equal(number, defined === undefined ? null : Number(defined), name);
      }
      t.end();
    },
  );
}
