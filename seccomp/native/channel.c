/* All that a locked child can do besides computing: wait for, read from and write to its one descriptor, and know the time. */
#include "native.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

double monotonic_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A system call, unlike the monotonic clock. */
double processor_seconds(void) {
  struct timespec used;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

/* Longer waits than this (4 months) are without bound. */
static const double longest_wait = 1e7;

bool channel_poll(double timeout_ms) {
  double deadline = monotonic_seconds() + timeout_ms / 1000;
  for (;;) {
    double left = fmax(deadline - monotonic_seconds(), 0);
    struct timespec wait = {.tv_sec = (time_t)fmin(left, longest_wait)};
    wait.tv_nsec = (long)((fmin(left, longest_wait) - (double)wait.tv_sec) * 1e9);
    struct pollfd channel = {.fd = CHANNEL_FD, .events = POLLIN};
    int count = ppoll(&channel, 1, left < longest_wait ? &wait : NULL, NULL);
    if (count >= 0) return count > 0;
    if (errno != EINTR) _exit(EXIT_ABANDONED);
  }
}

size_t channel_read(void *into, size_t length) {
  for (;;) {
    ssize_t count = read(CHANNEL_FD, into, length);
    if (count > 0) return (size_t)count;
    if (count == 0 || errno != EINTR) _exit(EXIT_ABANDONED);
  }
}

/* A stream socket with room takes this much without blocking: the kernel says so while 3/4 of its buffer are free. */
enum { CHUNK_BYTES = 32 << 10 };

/*
 * Never waits for room while there is something to read: the supervisor may be waiting for us to read before it reads on,
 * and both would wait forever.
 */
size_t channel_write(const void *from, size_t length) {
  for (;;) {
    struct pollfd channel = {.fd = CHANNEL_FD, .events = POLLIN | POLLOUT};
    if (ppoll(&channel, 1, NULL, NULL) < 0) {
      if (errno != EINTR) _exit(EXIT_ABANDONED);
      continue;
    }
    if ((channel.revents & POLLOUT) == 0 && (channel.revents & POLLIN) != 0) return 0;
    ssize_t count = write(CHANNEL_FD, from, length < CHUNK_BYTES ? length : CHUNK_BYTES);
    if (count >= 0) return (size_t)count;
    if (errno != EINTR) _exit(EXIT_ABANDONED);
  }
}

/* For bytes that the socket has room for, because everything before them was answered: asking it first would cost a system call. */
void channel_write_all(const char *from, size_t length) {
  while (length > 0) {
    ssize_t count = write(CHANNEL_FD, from, length);
    if (count < 0 && errno != EINTR) _exit(EXIT_ABANDONED);
    if (count < 0) continue;
    from += count;
    length -= (size_t)count;
  }
}
