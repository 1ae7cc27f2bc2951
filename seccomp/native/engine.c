/*
 * The engine's functions, found by their mangled names when the zygote starts: an engine that lacks one, or names it otherwise,
 * must not serve. And what we do with those that aren't about memory.
 */
#include "engine.h"
#include "native.h"

#include <dlfcn.h>
#include <unistd.h>

struct engine engine;

static const struct {
  const char *name;
  void *function;
} symbols[] = {
    {"_ZN2v87Isolate10GetCurrentEv", &engine.get_current},
    {"_ZN2v815MicrotasksScope17PerformCheckpointEPNS_7IsolateE", &engine.perform_checkpoint},
    {"_ZN2v87Isolate16ClearKeptObjectsEv", &engine.clear_kept_objects},
    {"_ZN2v87Isolate21LowMemoryNotificationEv", &engine.low_memory_notification},
    {"_ZN2v87Isolate18SetOOMErrorHandlerEPFvPKcRKNS_10OOMDetailsEE", &engine.set_oom_handler},
    {"_ZN2v87Isolate20SetFatalErrorHandlerEPFvPKcS2_E", &engine.set_fatal_handler},
    {"_ZSt15set_new_handlerPFvvE", &engine.set_new_handler},
    {"_ZN2v82V818SetFlagsFromStringEPKc", &engine.set_flags},
    {"_ZN2v87Isolate37AdjustAmountOfExternalAllocatedMemoryEl", &engine.adjust_external_memory},
    {"_ZN2v87Isolate16RequestInterruptEPFvPS0_PvES2_", &engine.request_interrupt},
    {"_ZN2v87Isolate24AddNearHeapLimitCallbackEPFmPvmmES1_", &engine.add_near_heap_limit},
    {"_ZN2v87Isolate27RemoveNearHeapLimitCallbackEPFmPvmmEm", &engine.remove_near_heap_limit},
};

/* Finds all of them; NULL, or the name that is missing. */
const char *engine_find(void) {
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *found = dlsym(RTLD_DEFAULT, symbols[i].name);
    if (found == NULL) return symbols[i].name;
    *(void **)symbols[i].function = found;
  }
  engine.isolate = engine.get_current();
  return engine.isolate == NULL ? "a current isolate" : NULL;
}

/* Node's own handlers print and abort, which a locked child can't. */
static void heap_exhausted(void) { _exit(EXIT_HEAP_EXHAUSTED); }
static void engine_failed(void) { _exit(EXIT_ENGINE_FAILED); }

/* From now on running out of heap, or a fatal error of V8, ends the process with a code that says so. Children inherit it. */
void engine_guard(void) {
  engine.set_oom_handler(engine.isolate, heap_exhausted);
  engine.set_fatal_handler(engine.isolate, engine_failed);
  /* C++ without memory would throw what nobody catches. */
  engine.set_new_handler(heap_exhausted);
}

/* Full collections that also move everything together: children share dense pages, and write less of them in their own collections. */
void engine_collect_garbage(void) {
  engine.set_flags("--compact-on-every-full-gc");
  for (int round = 0; round < 3; round++) engine.low_memory_notification(engine.isolate);
  engine.set_flags("--no-compact-on-every-full-gc");
}

/* A checkpoint lets go of what weak references have shown; inside of a promise job V8 makes no checkpoint, but this must happen. */
void engine_run_microtasks(void) {
  engine.perform_checkpoint(engine.isolate);
  engine.clear_kept_objects(engine.isolate);
}
