/* What the files of the addon tell each other. Each .c file holds one idea and says at its top who calls it and when. */
#ifndef REPYARD_NATIVE_H
#define REPYARD_NATIVE_H

#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

/* Descriptors that zygote and child keep. */
enum { CONTROL_FD = 3, CHANNEL_FD = 3 };

/* Exit codes by which the native part says why it ended a process; the same numbers are in addon.ts. */
enum { EXIT_ABANDONED = 120, EXIT_ENGINE_FAILED = 121, EXIT_LOCK_FAILED = 122, EXIT_HEAP_EXHAUSTED = 123, EXIT_NO_WORLD = 124 };

/* Stands in for a function of the C library, in a process that preloads this file. */
#define INTERPOSE(name, with) extern __typeof__(name) name __attribute__((alias(#with), visibility("default")))

/* shim.c: interposed C library functions; they change nothing unless this file was preloaded. */
bool shim_active(void);
void shim_end_threads(void);

/* freeze.c */
int count_threads(void);
int count_dontfork_mappings(void);
long long data_bytes(void);

/* engine.c */
const char *engine_find(void);
void engine_guard(void);
bool engine_allocates_buffer(const void *caller);
_Noreturn void engine_heap_exhausted(void);
void engine_collect_garbage(void);
void engine_run_microtasks(void);
void engine_call_quietly(void *function, void *self);

/* heap-place.c */
void heap_fill_large_page(void);
void heap_on_large_pages(void);

/* stack.c */
void stack_forget(void);

/* large-pages.c */
void share_large_pages(bool code_too);

/* arena.c */
void arena_fill_holes(void);

/* memory.c */
void memory_limit(size_t heap_bytes, size_t buffer_bytes_before_collection);
void memory_changed(void);
void memory_allocated(size_t bytes);
void memory_refused(size_t bytes);
size_t memory_refused_bytes(void);

/* world.c */
const char *enter_empty_world(bool rootless);

/*
 * By this limit of its own, which the kernel keeps but does not enforce, a child learns what V8's heap may take now: it can read it even
 * when it has no time for its channel.
 */
#define TOLD_HEAP_LIMIT RLIMIT_RSS

/* setup.c: what the supervisor says before the zygote loads anything. */
struct setup {
  pid_t supervisor;
  bool rootless;
  bool forget_branches;
  bool large_pages;
  size_t filter_bytes;
  void *filter;
};
const struct setup *setup_receive(void);
const struct setup *setup_get(void);
const char *die_with_supervisor(void);

/* lock.c */
enum lock_state { LOCK_UNUSED, LOCK_RUNNING, LOCK_DONE, LOCK_FAILED };
/* In memory shared with the zygote until the lock is done, so that it knows how far a child got, whatever ended it. */
struct lock_report {
  uint32_t state;
  uint32_t step;
  int32_t error;
};
struct lock_order {
  int channel;
  const int *join;
  size_t join_count;
  uid_t uid;
  gid_t gid;
  pid_t zygote;
  const struct setup *setup;
  /* Most bytes of V8's old generation, and of writable private memory, each with what the zygote has of it already; and how much
   * buffers may grow before V8 collects garbage. */
  size_t heap_bytes;
  size_t data_bytes;
  size_t buffer_bytes;
  struct lock_report *report;
  /* All reports, unmapped as the lock's last step. */
  void *reports;
  size_t reports_bytes;
};
void lock_child(const struct lock_order *order);
double locked_at(void);
/* The step in words; NULL after the last. */
const char *lock_step_name(size_t step);

/* serve.c */
/* What the zygote's own heap and writable memory take, that is, what every child starts with. */
struct inheritance {
  size_t heap_bytes;
  size_t data_bytes;
};
void serve(const struct inheritance *inherited);

/* channel.c: all that a locked child can do. */
double monotonic_seconds(void);
double processor_seconds(void);
bool channel_poll(double timeout_ms);
size_t channel_read(void *into, size_t length);
size_t channel_write(const void *from, size_t length);
void channel_write_all(const char *from, size_t length);

/* addon.c and the files of exported functions */
napi_value child_functions(napi_env env);
napi_value zygote_functions(napi_env env);
napi_value supervisor_functions(napi_env env);
napi_value socket_functions(napi_env env);
napi_value bigint_functions(napi_env env);

#endif
