/* The zygote's first moments: what the supervisor sends before anything is loaded, and the promise to die with it. */
#include "native.h"
#include "wire.h"

#include <errno.h>
#include <linux/filter.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static struct setup setup;

static bool read_all(void *into, size_t length) {
  for (size_t done = 0; done < length;) {
    ssize_t count = read(CONTROL_FD, (char *)into + done, length - done);
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = ECONNRESET;
    if (count <= 0) return false;
    done += (size_t)count;
  }
  return true;
}

/* NULL with errno set when the supervisor has gone or sent something else. The filter stays where it is for every fork. */
const struct setup *setup_receive(void) {
  struct setup_message message;
  if (!read_all(&message, sizeof message)) return NULL;
  size_t bytes = message.filter_bytes;
  if (message.version != WIRE_VERSION || bytes == 0 || bytes % sizeof(struct sock_filter) != 0 ||
      bytes > BPF_MAXINSNS * sizeof(struct sock_filter) || (message.flags & ~(SETUP_ROOTLESS | SETUP_FORGET_BRANCHES | SETUP_LARGE_PAGES)) != 0)
    return errno = EPROTO, NULL;
  setup = (struct setup){
      .supervisor = (pid_t)message.supervisor,
      .rootless = (message.flags & SETUP_ROOTLESS) != 0,
      .forget_branches = (message.flags & SETUP_FORGET_BRANCHES) != 0,
      .large_pages = (message.flags & SETUP_LARGE_PAGES) != 0,
      .filter_bytes = bytes,
      .filter = malloc(bytes),
  };
  if (setup.filter == NULL || !read_all(setup.filter, bytes)) return NULL;
  return &setup;
}

const struct setup *setup_get(void) { return &setup; }

/*
 * SIGKILL of the supervisor must leave no process: the kernel then kills the zygote, and with it its children. Checked after
 * setting, since the supervisor may have gone before. A change of credentials clears the setting, so it is made again after one.
 */
const char *die_with_supervisor(void) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return "PR_SET_PDEATHSIG";
  if (getppid() != setup.supervisor) return errno = ESRCH, "find the supervisor";
  return NULL;
}
