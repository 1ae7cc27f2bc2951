/* The functions of V8 (and one of C++) that Node-API lacks, as engine.c found them in the pinned engine. */
#ifndef REPYARD_ENGINE_H
#define REPYARD_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Handlers that V8 calls with arguments which ours don't read. */
typedef void engine_handler(void);
typedef size_t near_heap_limit(void *data, size_t current, size_t initial);

struct engine {
  void *isolate;
  void *(*get_current)(void);
  void (*perform_checkpoint)(void *isolate);
  void (*clear_kept_objects)(void *isolate);
  void (*low_memory_notification)(void *isolate);
  void (*set_oom_handler)(void *isolate, engine_handler *handler);
  void (*set_fatal_handler)(void *isolate, engine_handler *handler);
  engine_handler *(*set_new_handler)(engine_handler *handler);
  void (*set_flags)(const char *flags);
  int64_t (*adjust_external_memory)(void *isolate, int64_t change);
  void (*request_interrupt)(void *isolate, engine_handler *handler, void *data);
  void (*add_near_heap_limit)(void *isolate, near_heap_limit *callback, void *data);
  void *(*current_context)(void *isolate);
  void (*open_try)(void *try_catch, void *isolate);
  void (*close_try)(void *try_catch);
  void (*capture_message)(void *try_catch, bool wanted);
  void *(*call_function)(void *function, void *isolate, void *context, void *self, int count, void *arguments);
  void (*add_gc_epilogue)(void *isolate, engine_handler *callback, void *data, int kinds);
  void (*remove_near_heap_limit)(void *isolate, near_heap_limit *callback, size_t heap_limit);
  void (*set_print_stack_trace)(engine_handler *handler);
  void *fatal_oom;
  void *allocate_buffer;
  void *allocate_uninitialized;
};
extern struct engine engine;

#endif
