/**
 * Linux system calls that the policy or its tests name: number per architecture (`null`: the architecture lacks it)
 * and, for those with argument conditions, the width of each parameter as the kernel declares it.
 * Source: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h; a test compares them with the
 * host's kernel headers.
 */
export type Architecture = 'x64' | 'arm64';

/** `int`: the kernel looks at the low 32 bits only. `long`: it looks at all 64. */
export type ParameterWidth = 'int' | 'long';

export interface SyscallEntry {
  readonly x64: number | null;
  readonly arm64: number | null;
  readonly parameters: readonly ParameterWidth[];
}

const widths = { i: 'int', l: 'long' } as const;

function entry(x64: number | null, arm64: number | null, parameters = ''): SyscallEntry {
  return { x64, arm64, parameters: [...parameters].map((letter) => widths[letter as keyof typeof widths]) };
}

export const syscalls = {
  read: entry(0, 63, 'ill'),
  write: entry(1, 64, 'ill'),
  open: entry(2, null),
  close: entry(3, 57),
  poll: entry(7, null, 'lii'),
  mmap: entry(9, 222, 'llllll'),
  mprotect: entry(10, 226, 'lll'),
  munmap: entry(11, 215),
  brk: entry(12, 214),
  rt_sigaction: entry(13, 134),
  rt_sigprocmask: entry(14, 135),
  rt_sigreturn: entry(15, 139),
  ioctl: entry(16, 29),
  sched_yield: entry(24, 124),
  mremap: entry(25, 216),
  madvise: entry(28, 233, 'lli'),
  dup: entry(32, 23),
  getpid: entry(39, 172),
  socket: entry(41, 198),
  connect: entry(42, 203),
  sendmsg: entry(46, 211),
  recvmsg: entry(47, 212),
  clone: entry(56, 220),
  fork: entry(57, null),
  vfork: entry(58, null),
  execve: entry(59, 221),
  exit: entry(60, 93),
  kill: entry(62, 129),
  fcntl: entry(72, 25),
  readlink: entry(89, null),
  gettimeofday: entry(96, 169),
  ptrace: entry(101, 117),
  setuid: entry(105, 146),
  prctl: entry(157, 167, 'illll'),
  mount: entry(165, 40),
  gettid: entry(186, 178),
  time: entry(201, null),
  futex: entry(202, 98, 'liilli'),
  sched_getaffinity: entry(204, 123),
  restart_syscall: entry(219, 128),
  clock_gettime: entry(228, 113, 'il'),
  exit_group: entry(231, 94),
  tgkill: entry(234, 131),
  openat: entry(257, 56),
  newfstatat: entry(262, 79),
  readlinkat: entry(267, 78),
  unshare: entry(272, 97),
  ppoll: entry(271, 73, 'lilll'),
  process_vm_readv: entry(310, 270),
  seccomp: entry(317, 277),
  getrandom: entry(318, 278),
  memfd_create: entry(319, 279),
  bpf: entry(321, 280),
  userfaultfd: entry(323, 282),
  execveat: entry(322, 281),
  pkey_mprotect: entry(329, 288, 'llli'),
  io_uring_setup: entry(425, 425),
  pidfd_open: entry(434, 434),
  clone3: entry(435, 435),
  tkill: entry(200, 130),
  rt_sigqueueinfo: entry(129, 138),
  rt_tgsigqueueinfo: entry(297, 240),
  process_vm_writev: entry(311, 271),
  prlimit64: entry(302, 261, 'iill'),
  pidfd_send_signal: entry(424, 424),
  pidfd_getfd: entry(438, 438),
  process_madvise: entry(440, 440),
  kcmp: entry(312, 272),
  sched_setaffinity: entry(203, 122),
  sched_setscheduler: entry(144, 119),
  sched_setattr: entry(314, 274),
  setpriority: entry(141, 140),
  setpgid: entry(109, 154),
  ioprio_set: entry(251, 30),
  move_pages: entry(279, 239),
  migrate_pages: entry(256, 238),
  get_robust_list: entry(274, 100),
  perf_event_open: entry(298, 241),
  keyctl: entry(250, 219),
  setns: entry(308, 268),
} satisfies Record<string, SyscallEntry>;

export type SyscallName = keyof typeof syscalls;

/** Error numbers that the policy answers with; the same on both architectures (asm-generic). */
export const errnos = { EPERM: 1, ENOENT: 2, EBADF: 9, EAGAIN: 11, ENOMEM: 12, EINVAL: 22, ENOSYS: 38 } as const;

export type ErrnoName = keyof typeof errnos;
