/*
 * The functions of V8 (and one of C++) that Node-API doesn't offer, found by their mangled names in the pinned engine. They are looked up when the
 * zygote starts: an engine that lacks one, or names it otherwise, must not serve.
 */
#include "native.h"

#include <dlfcn.h>
#include <unistd.h>

typedef void *get_current(void);
typedef void on_isolate(void *isolate);
typedef void set_handler(void *isolate, void (*handler)(void));
typedef void (*set_new_handler_function(void (*handler)(void)))(void);
/* v8::GCType::kGCTypeMarkSweepCompact */
enum { GC_MARK_COMPACT = 4 };
typedef void add_gc_callback(void *isolate, void (*callback)(void), int type);
typedef int64_t adjust_external_memory(void *isolate, int64_t change);
typedef void set_flags_from_string(const char *flags);
typedef size_t near_limit(void *data, size_t current, size_t initial);
typedef void add_near_limit(void *isolate, near_limit *callback, void *data);
typedef void remove_near_limit(void *isolate, near_limit *callback, size_t heap_limit);

static get_current *current;
static on_isolate *perform_checkpoint;
static on_isolate *low_memory_notification;
static set_handler *set_oom_handler;
static set_handler *set_fatal_handler;
static add_near_limit *add_near_heap_limit;
static remove_near_limit *remove_near_heap_limit;
static adjust_external_memory *adjust_external;
static add_gc_callback *add_epilogue;
static set_flags_from_string *set_flags;
static set_new_handler_function *set_new_handler;
static void *isolate;

static const struct {
  const char *name;
  void **function;
} symbols[] = {
    {"_ZN2v87Isolate10GetCurrentEv", (void **)&current},
    {"_ZN2v815MicrotasksScope17PerformCheckpointEPNS_7IsolateE", (void **)&perform_checkpoint},
    {"_ZN2v87Isolate21LowMemoryNotificationEv", (void **)&low_memory_notification},
    {"_ZN2v87Isolate18SetOOMErrorHandlerEPFvPKcRKNS_10OOMDetailsEE", (void **)&set_oom_handler},
    {"_ZN2v87Isolate20SetFatalErrorHandlerEPFvPKcS2_E", (void **)&set_fatal_handler},
    {"_ZSt15set_new_handlerPFvvE", (void **)&set_new_handler},
    {"_ZN2v87Isolate21AddGCEpilogueCallbackEPFvPS0_NS_6GCTypeENS_15GCCallbackFlagsEES2_", (void **)&add_epilogue},
    {"_ZN2v87Isolate37AdjustAmountOfExternalAllocatedMemoryEl", (void **)&adjust_external},
    {"_ZN2v82V818SetFlagsFromStringEPKc", (void **)&set_flags},
    {"_ZN2v87Isolate24AddNearHeapLimitCallbackEPFmPvmmES1_", (void **)&add_near_heap_limit},
    {"_ZN2v87Isolate27RemoveNearHeapLimitCallbackEPFmPvmmEm", (void **)&remove_near_heap_limit},
};

/* Finds all of them; NULL, or the name that is missing. */
const char *engine_find(void) {
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    *symbols[i].function = dlsym(RTLD_DEFAULT, symbols[i].name);
    if (*symbols[i].function == NULL) return symbols[i].name;
  }
  isolate = current();
  return isolate == NULL ? "a current isolate" : NULL;
}

/* V8 calls these with arguments that we don't read. Node's own handlers print and abort, which a locked child can't. */
static void heap_exhausted(void) { _exit(EXIT_HEAP_EXHAUSTED); }
static void engine_failed(void) { _exit(EXIT_ENGINE_FAILED); }

/* From now on running out of heap, or a fatal error of V8, ends the process with a code that says so. Children inherit it. */
void engine_guard(void) {
  set_oom_handler(isolate, heap_exhausted);
  set_fatal_handler(isolate, engine_failed);
  /* C++ without memory would throw what nobody catches. */
  set_new_handler(heap_exhausted);
}

static size_t keep_limit(void *data, size_t current, size_t initial) {
  (void)data;
  (void)initial;
  return current;
}

/* How much of V8's allowance for buffers is booked as if it were in use. */
static int64_t booked;

/* V8 counts from the least since its last full collection: taking the booking back and making it again moves that down. */
static void book_again(void) {
  adjust_external(isolate, -booked);
  adjust_external(isolate, booked);
}

/*
 * Lowers the heap limit of a forked child to what its own quota allows: V8's only function for that is the one which takes such
 * a callback away. It can't be raised again.
 *
 * V8 also collects all garbage when the buffers outside of its heap have grown by half of that limit. A program that makes
 * buffers and drops them would be killed by its cgroup long before, so most of that allowance is booked, after each collection.
 */
void engine_limit_memory(size_t heap_bytes, size_t buffer_bytes) {
  add_near_heap_limit(isolate, keep_limit, NULL);
  remove_near_heap_limit(isolate, keep_limit, heap_bytes);
  booked = (int64_t)(heap_bytes / 2) - (int64_t)buffer_bytes;
  if (booked <= 0) return;
  adjust_external(isolate, booked);
  add_epilogue(isolate, book_again, GC_MARK_COMPACT);
}

/* Full collections that also move everything together: children share dense pages, and write less of them in their own collections. */
void engine_collect_garbage(void) {
  set_flags("--compact-on-every-full-gc");
  for (int round = 0; round < 3; round++) low_memory_notification(isolate);
  set_flags("--no-compact-on-every-full-gc");
}

void engine_run_microtasks(void) { perform_checkpoint(isolate); }
