/* `native.zygote`: the zygote's way from a fresh process to serving. Anything that isn't as it must be throws, and the zygote ends. */
#include "js.h"

#include <stdio.h>
#include <sys/prctl.h>

/* Read while /proc is there, used when it is gone. */
static struct inheritance inherited;

static napi_value set_up(napi_env env, napi_callback_info info) {
  (void)info;
  if (!shim_active()) return js_throw(env, "the shim isn't preloaded");
  const char *missing = engine_find();
  if (missing != NULL) return js_throw_errno(env, missing);
  if (setup_receive() == NULL) return js_throw_errno(env, "receive the setup");
  /* Where huge pages are the rule, a child's first write to one would be charged 2 MiB of its quota. Children inherit this. */
  if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0) return js_throw_errno(env, "PR_SET_THP_DISABLE");
  const char *failed = die_with_supervisor();
  return failed == NULL ? NULL : js_throw_errno(env, failed);
}

static napi_value collect_garbage(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  engine_collect_garbage();
  return NULL;
}

static napi_value freeze(napi_env env, napi_callback_info info) {
  (void)info;
  shim_end_threads();
  int threads = count_threads(), lost = count_dontfork_mappings();
  char message[128];
  snprintf(message, sizeof message, "can't be forked: %d threads, %d mappings that a fork loses", threads, lost);
  if (threads != 1 || lost != 0) return js_throw(env, message);
  engine_guard();
  arena_fill_holes();
  /* Hardened children have no code but the files'. */
  stack_forget();
  share_large_pages(!setup_get()->forget_branches);
  long long data = data_bytes();
  if (data < 0) return js_throw(env, "can't read VmData of /proc/self/status");
  inherited.data_bytes = (size_t)data;
  return NULL;
}

static napi_value enter_world(napi_env env, napi_callback_info info) {
  (void)info;
  const char *failed = enter_empty_world(setup_get()->rootless);
  if (failed == NULL) failed = die_with_supervisor();
  return failed == NULL ? NULL : js_throw_errno(env, failed);
}

static napi_value serve_forks(napi_env env, napi_callback_info info) {
  napi_value value;
  double heap;
  if (!js_arguments(env, info, &value, 1) || !js_to_double(env, value, &heap)) return NULL;
  inherited.heap_bytes = (size_t)heap;
  serve(&inherited);
  return NULL;
}

static napi_value call_quietly(napi_env env, napi_callback_info info) {
  napi_value function;
  napi_valuetype type;
  if (!js_arguments(env, info, &function, 1)) return NULL;
  if (napi_typeof(env, function, &type) != napi_ok || type != napi_function) return js_throw_type(env, "not a function");
  engine_call_quietly(function, js_null(env));
  return NULL;
}

napi_value zygote_functions(napi_env env) {
  static const struct js_function functions[] = {
      {"setUp", set_up},
      {"collectGarbage", collect_garbage},
      {"freeze", freeze},
      {"enterEmptyWorld", enter_world},
      {"serve", serve_forks},
      {"callQuietly", call_quietly},
  };
  return js_object(env, functions, sizeof functions / sizeof *functions);
}
