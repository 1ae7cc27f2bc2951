/*
 * An addon of its own, for `repyard doctor` alone: makes any system call from a locked canary, as code that took a child over would.
 * It is no part of what programs run in, and would give them no right: what a child may ask is the kernel's business.
 */
#include <errno.h>
#include <node_api.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { ARGUMENTS = 6, LONGEST_TEXT = 64 };

static bool to_word(napi_env env, napi_value value, char text[LONGEST_TEXT], long *word) {
  napi_valuetype type;
  int64_t number;
  size_t length;
  if (napi_typeof(env, value, &type) != napi_ok) return false;
  if (type == napi_string) {
    *word = (long)(intptr_t)text;
    return napi_get_value_string_utf8(env, value, text, LONGEST_TEXT, &length) == napi_ok;
  }
  if (napi_get_value_int64(env, value, &number) != napi_ok) return false;
  *word = (long)number;
  return true;
}

/* call(number, arguments...): the result, or the errno negated. A string is passed as its address. */
static napi_value call(napi_env env, napi_callback_info info) {
  static char texts[ARGUMENTS + 1][LONGEST_TEXT];
  size_t count = ARGUMENTS + 1;
  napi_value values[ARGUMENTS + 1], result;
  long words[ARGUMENTS + 1] = {0};
  if (napi_get_cb_info(env, info, &count, values, NULL, NULL) != napi_ok || count > ARGUMENTS + 1) return NULL;
  for (size_t i = 0; i < count; i++)
    if (!to_word(env, values[i], texts[i], &words[i])) return napi_throw_type_error(env, NULL, "numbers and short strings only"), NULL;
  long got = syscall(words[0], words[1], words[2], words[3], words[4], words[5], words[6]);
  return napi_create_double(env, (double)(got == -1 ? -errno : got), &result) == napi_ok ? result : NULL;
}

NAPI_MODULE_INIT() {
  napi_value function;
  if (napi_create_function(env, "call", NAPI_AUTO_LENGTH, call, NULL, &function) != napi_ok) return NULL;
  return napi_set_named_property(env, exports, "call", function) == napi_ok ? exports : NULL;
}
