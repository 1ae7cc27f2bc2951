/*
 * The lock: what a freshly forked child does to itself before it returns to JavaScript, in one call, in this order. Any step that
 * fails ends the child: never a less locked one. Which step and why goes to the zygote through the shared report, which a guest
 * can't reach, because it is unmapped at the end.
 */
#include "native.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct lock_order *order;
static double done_at;

/*
 * The first step and, because the change of credentials clears it, again right after that; then a look whether the zygote died
 * in between. A child that is stopped half-way must not outlive its zygote either.
 */
static int die_with_zygote(void) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -1;
  if (getppid() != order->zygote) return errno = ESRCH, -1;
  return 0;
}

/* While the descriptors are there: all memory that the child touches from here on counts as its own. */
static int join_cgroups(void) {
  for (size_t i = 0; i < order->join_count; i++)
    if (write(order->join[i], "0", 1) != 1) return -1;
  return 0;
}

static int keep_one_descriptor(void) {
  if (dup3(order->channel, CHANNEL_FD, 0) < 0) return -1;
  if (syscall(SYS_close_range, 0u, (unsigned)CHANNEL_FD - 1, 0u) != 0) return -1;
  return (int)syscall(SYS_close_range, (unsigned)CHANNEL_FD + 1, ~0u, 0u);
}

/* Raw calls: glibc's would look for other threads to change along, and there are none. */
/* In a user namespace that an ordinary user made the groups stay as they are; in the empty world there is nothing that they open. */
static int drop_groups(void) { return order->setup->rootless ? 0 : (int)syscall(SYS_setgroups, 0, NULL); }
static int change_gid(void) { return (int)syscall(SYS_setresgid, order->gid, order->gid, order->gid); }
static int change_uid(void) { return (int)syscall(SYS_setresuid, order->uid, order->uid, order->uid); }

/* The bounding and ambient sets are empty since the zygote entered its world. */
static int drop_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0}};
  return (int)syscall(SYS_capset, &header, none);
}

/* V8 collects garbage, or gives up in its own way, at this limit: below the cgroup's, where the kernel kills. */
static int limit_heap(void) {
  memory_limit(order->heap_bytes, order->buffer_bytes);
  if (order->setup->large_pages) heap_on_large_pages();
  return 0;
}

/*
 * What a guest has taught the processor about branches must not lead others astray: the kernel has it forgotten whenever this process
 * gives way to another. For hardened children alone: each answer of the supervisor costs others a fifth more time (measured). Nothing is
 * set against speculation within the process: it holds no secret.
 * Where the kernel offers no choice, the processor doesn't need it or the operator has decided for all: `repyard doctor` tells which.
 */
static int forget_branches(void) {
  if (!order->setup->forget_branches) return 0;
  if (prctl(PR_SET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH, PR_SPEC_FORCE_DISABLE, 0, 0) == 0) return 0;
  return errno == ENXIO || errno == EPERM || errno == ENODEV || errno == EINVAL ? 0 : -1;
}

static int no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

/* The soft limits that follow the quota: while the child runs, the zygote changes them. The child itself can only read them. */
static int limit_memory(void) {
  const struct {
    int resource;
    rlim_t most;
  } limits[] = {{RLIMIT_DATA, order->data_bytes}, {TOLD_HEAP_LIMIT, order->heap_bytes}};
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    struct rlimit now;
    if (getrlimit(limits[i].resource, &now) != 0) return -1;
    now.rlim_cur = limits[i].most < now.rlim_max ? limits[i].most : now.rlim_max;
    if (setrlimit(limits[i].resource, &now) != 0) return -1;
  }
  return 0;
}

/* A second fence behind the filter. Hard limits are only lowered: raising one takes a right that even root may lack. */
static int limit_resources(void) {
  const struct {
    int resource;
    rlim_t most;
  } limits[] = {{RLIMIT_CORE, 0},           {RLIMIT_FSIZE, 0},   {RLIMIT_NPROC, 1},
                {RLIMIT_NOFILE, CHANNEL_FD + 1}, {RLIMIT_MEMLOCK, 0}, {RLIMIT_MSGQUEUE, 0}};
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    struct rlimit now;
    if (getrlimit(limits[i].resource, &now) != 0) return -1;
    rlim_t most = limits[i].most < now.rlim_max ? limits[i].most : now.rlim_max;
    if (setrlimit(limits[i].resource, &(struct rlimit){most, most}) != 0) return -1;
  }
  return 0;
}

/* No core dump, and /proc/PID belongs to root. */
static int hide_memory(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

static int load_filter(void) {
  const struct setup *setup = order->setup;
  struct sock_fprog program = {
      .len = (unsigned short)(setup->filter_bytes / sizeof(struct sock_filter)),
      .filter = setup->filter,
  };
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0u, &program);
}

/* Under the filter already, which allows munmap to every guest. The report says "done" before it goes. */
static int forget_reports(void) {
  order->report->state = LOCK_DONE;
  return munmap(order->reports, order->reports_bytes);
}

static const struct {
  const char *name;
  int (*run)(void);
} steps[] = {
    {"PR_SET_PDEATHSIG", die_with_zygote},
    {"join the cgroups", join_cgroups},
    {"close descriptors", keep_one_descriptor},
    {"setgroups", drop_groups},
    {"setresgid", change_gid},
    {"setresuid", change_uid},
    {"PR_SET_PDEATHSIG again", die_with_zygote},
    {"capset", drop_capabilities},
    {"limit the heap", limit_heap},
    {"PR_SET_SPECULATION_CTRL", forget_branches},
    {"PR_SET_NO_NEW_PRIVS", no_new_privileges},
    {"limit the memory", limit_memory},
    {"set resource limits", limit_resources},
    {"PR_SET_DUMPABLE", hide_memory},
    {"load the seccomp filter", load_filter},
    {"unmap the reports", forget_reports},
};
enum { STEPS = sizeof steps / sizeof *steps };

const char *lock_step_name(size_t step) { return step < STEPS ? steps[step].name : NULL; }

void lock_child(const struct lock_order *given) {
  order = given;
  struct lock_report *report = order->report;
  report->state = LOCK_RUNNING;
  for (uint32_t step = 0; step < STEPS; step++) {
    report->step = step;
    if (steps[step].run() == 0) continue;
    report->error = errno;
    report->state = LOCK_FAILED;
    _exit(EXIT_LOCK_FAILED);
  }
  done_at = monotonic_seconds();
}

double locked_at(void) { return done_at; }
