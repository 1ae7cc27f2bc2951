/* The addon's face: the groups of functions, by the kind of process that uses them; described in addon.ts. */
#include "native.h"

NAPI_MODULE_INIT() {
  const struct {
    const char *name;
    napi_value (*functions)(napi_env);
  } groups[] = {{"child", child_functions}, {"zygote", zygote_functions}, {"supervisor", supervisor_functions}, {"sockets", socket_functions}, {"bigint", bigint_functions}};
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
    napi_value functions = groups[i].functions(env);
    if (functions == NULL || napi_set_named_property(env, exports, groups[i].name, functions) != napi_ok) return NULL;
  }
  return exports;
}
