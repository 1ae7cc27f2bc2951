/*
 * The zygote's only occupation: fork on request, pass signals on, and say how each child ended. One thread, no event loop. A child
 * leaves serve() locked; the zygote never leaves it, and ends when the supervisor closes the control socket.
 */
#include "native.h"
#include "wire.h"

#include <errno.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct child {
  pid_t pid;
  uint32_t id;
  uid_t uid;
  gid_t gid;
};
static struct child children[MAX_CHILDREN];
static struct lock_report *reports;
static const size_t reports_bytes = MAX_CHILDREN * sizeof(struct lock_report);
static sigset_t mask_while_waiting;
static const struct inheritance *inherited;

static _Noreturn void die(const char *what) {
  dprintf(STDERR_FILENO, "zygote: %s: %s\n", what, strerror(errno));
  _exit(EXIT_FAILURE);
}

static void reply(struct reply message) {
  message.time = monotonic_seconds();
  ssize_t sent;
  do sent = send(CONTROL_FD, &message, sizeof message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) _exit(EXIT_ABANDONED);
  if (sent != (ssize_t)sizeof message) die("send a reply");
}

static void report_ending(struct child *child, int status, const struct rusage *used) {
  struct lock_report *lock = &reports[child - children];
  reply((struct reply){
      .kind = REPLY_ENDED,
      .id = child->id,
      .pid = child->pid,
      .status = status,
      .lock_state = lock->state,
      .lock_step = lock->step,
      .error = lock->error,
      .kib = (uint32_t)used->ru_maxrss,
      .user_seconds = (double)used->ru_utime.tv_sec + (double)used->ru_utime.tv_usec / 1e6,
      .system_seconds = (double)used->ru_stime.tv_sec + (double)used->ru_stime.tv_usec / 1e6,
  });
  *lock = (struct lock_report){.state = LOCK_UNUSED};
  *child = (struct child){0};
}

static void reap(void) {
  int status;
  struct rusage used;
  for (pid_t pid; (pid = wait4(-1, &status, WNOHANG, &used)) > 0;)
    for (size_t i = 0; i < MAX_CHILDREN; i++)
      if (children[i].pid == pid) report_ending(&children[i], status, &used);
}

/*
 * A child must not be stopped between two steps of its lock: for moments it wouldn't die with us. The lock takes a tenth of a
 * millisecond; where it takes longer, it waits to join a cgroup, and the bound keeps us from waiting along.
 */
static void await_lock(const volatile struct lock_report *lock) {
  for (int rounds = 0; lock->state == LOCK_RUNNING && rounds < 20000; rounds++)
    nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
}

/* Only for a child that wasn't reaped: we are its parent and reap nowhere else, so its pid can't have been given away. */
static void pass_signal(const struct request *request) {
  int signal = (int)request->signal;
  if (signal != SIGKILL && signal != SIGSTOP && signal != SIGCONT) return;
  for (size_t i = 0; i < MAX_CHILDREN; i++) {
    if (children[i].pid == 0 || children[i].id != request->id) continue;
    if (signal == SIGSTOP) await_lock(&reports[i]);
    kill(children[i].pid, signal);
  }
}

static size_t room(size_t inherited_bytes, uint32_t kib) {
  return kib == 0 ? SIZE_MAX : inherited_bytes + (size_t)kib * 1024;
}

/* Who sends signals is the effective uid, which stays; whose limits may be set is decided by the real one. */
static void become(uid_t uid, gid_t gid) {
  if (syscall(SYS_setresgid, gid, -1, -1) != 0 || syscall(SYS_setresuid, uid, -1, -1) != 0) die("change the real uid");
}

static bool set_soft_limit(pid_t pid, int resource, size_t bytes) {
  struct rlimit limit;
  if (prlimit(pid, resource, NULL, &limit) != 0) return false;
  limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
  return prlimit(pid, resource, &limit, NULL) == 0;
}

/*
 * Gives a running child more memory, or less: only its parent can name it without a race, as with signals. A process may set the limits
 * of another of its own real ids; of others only with a capability that even root often lacks.
 */
static void change_memory(const struct request *request) {
  int error = ESRCH;
  for (size_t i = 0; i < MAX_CHILDREN; i++) {
    if (children[i].pid == 0 || children[i].id != request->id) continue;
    await_lock(&reports[i]);
    uid_t uid = getuid();
    gid_t gid = getgid();
    become(children[i].uid, children[i].gid);
    bool done = set_soft_limit(children[i].pid, RLIMIT_DATA, room(inherited->data_bytes, request->data_kib)) &&
                set_soft_limit(children[i].pid, TOLD_HEAP_LIMIT, room(inherited->heap_bytes, request->heap_kib));
    error = done ? 0 : errno;
    become(uid, gid);
  }
  reply((struct reply){.kind = REPLY_MEMORY, .id = request->id, .error = error});
}

/*
 * clone3 without glibc's fork handlers: they would give libuv new pipes and epolls, which a child must not have. That is sound only
 * because there is one thread, which holds no lock here; glibc notices nothing but a stale thread id, which it asks the kernel for.
 */
static pid_t fork_into(int cgroup) {
  struct clone_args arguments = {.exit_signal = SIGCHLD};
  if (cgroup >= 0) {
    arguments.flags = CLONE_INTO_CGROUP;
    arguments.cgroup = (uint64_t)cgroup;
  }
  return (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
}

static struct child *free_slot(void) {
  for (size_t i = 0; i < MAX_CHILDREN; i++)
    if (children[i].pid == 0) return &children[i];
  return NULL;
}

static void refuse(const struct request *request, int error) {
  reply((struct reply){.kind = REPLY_NOT_FORKED, .id = request->id, .error = error});
}

/* True in the child, locked; false in the zygote. `fds`: channel, tasks files, cgroup directory. */
static bool fork_child(const struct request *request, const int *fds, size_t fd_count) {
  struct child *child = free_slot();
  if (child == NULL) return refuse(request, EAGAIN), false;
  if (request->join_count > MAX_JOIN_FILES || request->clone_into > 1 ||
      fd_count != 1 + request->join_count + request->clone_into || request->uid == 0 ||
      (request->gid == 0 && !setup_get()->rootless))
    return refuse(request, EINVAL), false;
  struct lock_order order = {
      .channel = fds[0],
      .join = fds + 1,
      .join_count = request->join_count,
      .uid = request->uid,
      .gid = request->gid,
      .zygote = getpid(),
      .setup = setup_get(),
      .heap_bytes = room(inherited->heap_bytes, request->heap_kib),
      .data_bytes = room(inherited->data_bytes, request->data_kib),
      .buffer_bytes = room(0, request->buffer_kib),
      .report = &reports[child - children],
      .reports = reports,
      .reports_bytes = reports_bytes,
  };
  order.report->state = LOCK_RUNNING;
  pid_t pid = fork_into(request->clone_into ? fds[fd_count - 1] : -1);
  if (pid == 0) return lock_child(&order), true;
  if (pid < 0) return refuse(request, errno), false;
  *child = (struct child){pid, request->id, request->uid, request->gid};
  reply((struct reply){.kind = REPLY_FORKED, .id = request->id, .pid = pid});
  return false;
}

/* Receives one request with its descriptors, which are ours to close. False at the end of the stream. */
static bool receive(struct request *request, int *fds, size_t *fd_count) {
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(MAX_REQUEST_FDS * sizeof(int))];
  } control;
  struct iovec data = {request, sizeof *request};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  ssize_t count;
  do count = recvmsg(CONTROL_FD, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
  while (count < 0 && errno == EINTR);
  if (count == 0 || (count < 0 && errno == ECONNRESET)) return false;
  if (count < 0) die("receive a request");
  if (count != (ssize_t)sizeof *request || (message.msg_flags & MSG_CTRUNC)) errno = EPROTO, die("receive a request");
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  *fd_count = 0;
  if (header == NULL || header->cmsg_type != SCM_RIGHTS) return true;
  *fd_count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  memcpy(fds, CMSG_DATA(header), *fd_count * sizeof(int));
  return true;
}

/* True in a new child. */
static bool serve_request(void) {
  struct request request;
  int fds[MAX_REQUEST_FDS];
  size_t fd_count;
  if (!receive(&request, fds, &fd_count)) _exit(EXIT_SUCCESS);
  if (request.kind == REQUEST_FORK && fork_child(&request, fds, fd_count)) return true;
  if (request.kind == REQUEST_SIGNAL) pass_signal(&request);
  if (request.kind == REQUEST_MEMORY) change_memory(&request);
  for (size_t i = 0; i < fd_count; i++) close(fds[i]);
  return false;
}

/* An ending child interrupts the wait, since SIGCHLD is blocked but there; so an ending is reported at once, and none is missed. */
static bool wait_for_request(void) {
  struct pollfd control = {.fd = CONTROL_FD, .events = POLLIN};
  int count = ppoll(&control, 1, NULL, &mask_while_waiting);
  if (count < 0 && errno != EINTR) die("wait for requests");
  return count > 0;
}

static void interrupt_only(int signal) { (void)signal; }

static void prepare(void) {
  reports = mmap(NULL, reports_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (reports == MAP_FAILED) die("map the lock reports");
  struct sigaction on_child = {.sa_handler = interrupt_only, .sa_flags = SA_NOCLDSTOP};
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  if (sigaction(SIGCHLD, &on_child, NULL) != 0) die("handle SIGCHLD");
  if (sigprocmask(SIG_BLOCK, &child_signal, &mask_while_waiting) != 0) die("block SIGCHLD");
  sigdelset(&mask_while_waiting, SIGCHLD);
  /* The engine's event loop is over: its descriptors would only be copied into every child. */
  if (syscall(SYS_close_range, (unsigned)CONTROL_FD + 1, ~0u, 0u) != 0) die("close descriptors");
}

void serve(const struct inheritance *given) {
  inherited = given;
  prepare();
  uint32_t heap_kib = (uint32_t)(inherited->heap_bytes / 1024);
  reply((struct reply){.kind = REPLY_READY, .id = WIRE_VERSION, .pid = getpid(), .kib = heap_kib});
  for (;;) {
    reap();
    if (wait_for_request() && serve_request()) return;
  }
}
