/*
 * The engine's functions, found by their mangled names when the zygote starts: an engine that lacks one, or names it otherwise,
 * must not serve. And what we do with those that aren't about memory.
 */
#include "engine.h"
#include "native.h"

#include <dlfcn.h>
#include <unistd.h>

struct engine engine;

#define FATAL_OOM "_ZN2v84base8FatalOOMENS0_7OOMTypeEPKc"

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
    {"_ZN2v87Isolate17GetCurrentContextEv", &engine.current_context},
    {"_ZN2v88TryCatchC1EPNS_7IsolateE", &engine.open_try},
    {"_ZN2v88TryCatchD1Ev", &engine.close_try},
    {"_ZN2v88TryCatch17SetCaptureMessageEb", &engine.capture_message},
    {"_ZN2v88Function4CallEPNS_7IsolateENS_5LocalINS_7ContextEEENS3_INS_5ValueEEEiPS7_", &engine.call_function},
    {"_ZN2v87Isolate21AddGCEpilogueCallbackEPFvPS0_NS_6GCTypeENS_15GCCallbackFlagsEPvES4_S2_", &engine.add_gc_epilogue},
    {"_ZN2v87Isolate27RemoveNearHeapLimitCallbackEPFmPvmmEm", &engine.remove_near_heap_limit},
    {"_ZN2v84base18SetPrintStackTraceEPFvvE", &engine.set_print_stack_trace},
    {FATAL_OOM, &engine.fatal_oom},
    {"_ZN4node24NodeArrayBufferAllocator8AllocateEm", &engine.allocate_buffer},
    {"_ZN4node24NodeArrayBufferAllocator21AllocateUninitializedEm", &engine.allocate_uninitialized},
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
_Noreturn void engine_heap_exhausted(void) { _exit(EXIT_HEAP_EXHAUSTED); }
static void engine_failed(void) { _exit(EXIT_ENGINE_FAILED); }

/* The function that calls from this place; NULL if nobody knows. */
static const void *function_at(const void *place) {
  Dl_info found;
  return dladdr(place, &found) != 0 ? found.dli_saddr : NULL;
}

/* Whether what calls the C library's allocator from this place asks for the contents of a buffer. */
bool engine_allocates_buffer(const void *caller) {
  const void *function = function_at(caller);
  return function != NULL && (function == engine.allocate_buffer || function == engine.allocate_uninitialized);
}

/*
 * Of some lack of memory V8 asks no handler: it traps, as it does at any failed assertion. Before that it lets the stack be printed. So who
 * lets it be printed tells lack of memory, which is the program's limit, from V8's own faults.
 */
static void before_trap(void) {
  if (function_at(__builtin_return_address(0)) == engine.fatal_oom) engine_heap_exhausted();
}

/* From now on running out of heap, or a fatal error of V8, ends the process with a code that says so. Children inherit it. */
void engine_guard(void) {
  engine.set_oom_handler(engine.isolate, engine_heap_exhausted);
  engine.set_fatal_handler(engine.isolate, engine_failed);
  /* C++ without memory would throw what nobody catches. */
  engine.set_new_handler(engine_heap_exhausted);
  engine.set_print_stack_trace(before_trap);
}

/* Full collections that also move everything together: children share dense pages, and write less of them in their own collections. */
void engine_collect_garbage(void) {
  engine.set_flags("--compact-on-every-full-gc");
  engine.low_memory_notification(engine.isolate);
  engine.set_flags("--no-compact-on-every-full-gc");
}

/* A checkpoint lets go of what weak references have shown; inside of a promise job V8 makes no checkpoint, but this must happen. */
void engine_run_microtasks(void) {
  engine.perform_checkpoint(engine.isolate);
  engine.clear_kept_objects(engine.isolate);
}

/*
 * For each exception that is thrown V8 looks up the place and makes a message of it, in case nobody catches it: most of what a throw
 * costs (measured: 560 against 215 ns). It doesn't under a v8::TryCatch that wants no message, provided that no other one is between.
 * A v8::Local is the pointer that a napi_value is, too; a v8::TryCatch takes six words.
 */
void engine_call_quietly(void *function, void *self) {
  void *try_catch[16];
  engine.open_try(try_catch, engine.isolate);
  engine.capture_message(try_catch, false);
  engine.call_function(function, engine.isolate, engine.current_context(engine.isolate), self, 0, NULL);
  engine.close_try(try_catch);
}
