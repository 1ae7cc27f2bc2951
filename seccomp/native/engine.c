/*
 * The functions of V8 that Node-API doesn't offer, found by their mangled names in the pinned engine. They are looked up when the
 * zygote starts: an engine that lacks one, or names it otherwise, must not serve.
 */
#include "native.h"

#include <dlfcn.h>
#include <unistd.h>

typedef void *get_current(void);
typedef void on_isolate(void *isolate);
typedef void set_handler(void *isolate, void (*handler)(void));

static get_current *current;
static on_isolate *perform_checkpoint;
static on_isolate *low_memory_notification;
static set_handler *set_oom_handler;
static set_handler *set_fatal_handler;
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
}

void engine_collect_garbage(void) { low_memory_notification(isolate); }

void engine_run_microtasks(void) { perform_checkpoint(isolate); }
