/*
 * The empty world: entered once by the zygote, after it is frozen and before it serves, and inherited by every child. New
 * namespaces cost milliseconds (measured: network 0.7 ms, root change 4.5 ms), so children don't each make their own.
 *
 * An ordinary user may do none of this, except in a user namespace of its own. The kernel lets it map one uid, its own, so all
 * children share that one: what keeps them apart then is that no system call that names a process is theirs (seccomp/policy.ts), and
 * that none of them is dumpable.
 */
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Any directory that exists everywhere: the empty root is mounted over it, in our own mount namespace, then becomes "/". */
#define PLACE "/proc"
static const unsigned long mount_flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;

static bool rootless;
/* As they are outside. */
static uid_t uid;
static gid_t gid;

static int own_user_namespace(void) {
  uid = geteuid();
  gid = getegid();
  return unshare(CLONE_NEWUSER);
}

static int write_file(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ssize_t written = write(fd, text, strlen(text));
  int error = errno;
  close(fd);
  errno = error;
  return written == (ssize_t)strlen(text) ? 0 : -1;
}

/* An id keeps its number: to the kernel, nobody is root in here by name either. */
static int map_id(const char *path, unsigned id) {
  char line[64];
  snprintf(line, sizeof line, "%u %u 1", id, id);
  return write_file(path, line);
}
/* The kernel wants it before an ordinary user maps a gid. */
static int deny_setgroups(void) { return write_file("/proc/self/setgroups", "deny"); }
static int map_uid(void) { return map_id("/proc/self/uid_map", uid); }
static int map_gid(void) { return map_id("/proc/self/gid_map", gid); }

static int own_namespaces(void) { return unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS); }
/* Else our mounts would show up outside. */
static int private_mounts(void) { return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL); }
static int empty_mount(void) { return mount("empty", PLACE, "tmpfs", mount_flags, "size=4k,nr_inodes=2,mode=0555"); }
static int into_mount(void) { return chdir(PLACE); }
static int change_root(void) { return (int)syscall(SYS_pivot_root, ".", "."); }
/* The old root lies over the new one after pivot_root(".", "."). */
static int leave_old_root(void) { return umount2(".", MNT_DETACH); }
static int read_only_root(void) { return mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY | mount_flags, NULL); }
static int at_root(void) { return chdir("/"); }
static int neutral_name(void) { return sethostname("yard", 4); }

/* Nothing that a child could ever execute gives it a capability. Verified, because a kernel may know more than our headers. */
static int no_bounding_set(void) {
  for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) return -1;
  for (unsigned long capability = 0;; capability++) {
    int held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
    if (held < 0) return 0;
    if (held > 0) return errno = EPERM, -1;
  }
}
static int no_ambient_set(void) { return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); }

/* What locking and signalling children takes; the zygote itself never needs more again, and nothing where children have its own uid. */
static int few_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  uint32_t kept = rootless ? 0 : 1u << CAP_SETUID | 1u << CAP_SETGID | 1u << CAP_KILL;
  struct __user_cap_data_struct data[2] = {{.effective = kept, .permitted = kept}};
  return (int)syscall(SYS_capset, &header, data);
}

/* Nobody of the same uid may trace it or read its memory; and no child, which inherits this, from its first moment on. */
static int hide_memory(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

static const struct {
  const char *name;
  int (*run)(void);
  bool only_rootless;
} steps[] = {
    {"make a user namespace", own_user_namespace, true}, {"deny setgroups", deny_setgroups, true},
    {"map the uid", map_uid, true},                      {"map the gid", map_gid, true},
    {"make namespaces", own_namespaces, false},          {"make mounts private", private_mounts, false},
    {"mount an empty root", empty_mount, false},         {"enter the empty root", into_mount, false},
    {"pivot_root", change_root, false},                  {"unmount the old root", leave_old_root, false},
    {"make the root read-only", read_only_root, false},  {"chdir /", at_root, false},
    {"sethostname", neutral_name, false},                {"drop the bounding set", no_bounding_set, false},
    {"clear the ambient set", no_ambient_set, false},    {"capset", few_capabilities, false},
    {"PR_SET_DUMPABLE", hide_memory, false},
};

/* NULL, or the step that failed, with errno set. A zygote that could do only some of them must not serve. */
const char *enter_empty_world(bool without_root) {
  rootless = without_root;
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (steps[i].only_rootless && !rootless) continue;
    if (steps[i].run() != 0) return steps[i].name;
  }
  return NULL;
}
