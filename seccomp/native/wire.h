/*
 * The control protocol between supervisor and zygote: fixed-size messages of little-endian fields over a stream socket. The other
 * end is supervisor/launch/wire.ts; both change together, with the version. All supported machines are little-endian.
 */
#ifndef REPYARD_WIRE_H
#define REPYARD_WIRE_H

#include <stdint.h>

enum { WIRE_VERSION = 0x52590008, MAX_CHILDREN = 4096, MAX_JOIN_FILES = 4, MAX_REQUEST_FDS = 1 + MAX_JOIN_FILES + 1 };

enum setup_flag {
  /* The supervisor is an ordinary user, so the world is one of a user namespace, in which all children have the one uid there is. */
  SETUP_ROOTLESS = 1,
  /* What children teach the processor about branches is to be forgotten. */
  SETUP_FORGET_BRANCHES = 2,
  /* Children have so much memory that they may take it in large pages. */
  SETUP_LARGE_PAGES = 4,
};

/* Followed by the filter. Sent once, before anything else. */
struct setup_message {
  uint32_t version;
  uint32_t supervisor;
  uint32_t filter_bytes;
  uint32_t flags;
};

enum request_kind { REQUEST_FORK = 1, REQUEST_SIGNAL = 2, REQUEST_MEMORY = 3 };

/* A fork carries descriptors: the channel, then `join_count` tasks files, then a cgroup directory if `clone_into` is 1. */
struct request {
  uint32_t kind;
  uint32_t id;
  uint32_t uid;
  uint32_t gid;
  uint32_t join_count;
  uint32_t clone_into;
  /*
   * A child's room for V8's old generation and for all writable memory, beyond what the zygote has; 0: no limit. And a fork's, for buffers.
   */
  uint32_t heap_kib;
  uint32_t data_kib;
  uint32_t buffer_kib;
  uint32_t signal;
};

enum reply_kind { REPLY_READY = 1, REPLY_FORKED = 2, REPLY_NOT_FORKED = 3, REPLY_ENDED = 4, REPLY_MEMORY = 5 };

struct reply {
  uint32_t kind;
  uint32_t id;
  int32_t pid;
  /* REPLY_ENDED: as wait4 gives it. */
  int32_t status;
  uint32_t lock_state;
  uint32_t lock_step;
  /* errno of the lock's failed step, of the fork, or of the change of memory. */
  int32_t error;
  /* REPLY_ENDED: the child's largest RSS. REPLY_READY: the heap that every child inherits. */
  uint32_t kib;
  /* CLOCK_MONOTONIC seconds when the fork returned, or the child was reaped. */
  double time;
  double user_seconds;
  double system_seconds;
};

_Static_assert(sizeof(struct setup_message) == 16, "setup_message");
_Static_assert(sizeof(struct request) == 40, "request");
_Static_assert(sizeof(struct reply) == 56, "reply");

#endif
