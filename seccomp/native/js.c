#include "js.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* glibc 2.32 and later. */
extern const char *strerrorname_np(int error) __attribute__((weak));

napi_value js_object(napi_env env, const struct js_function *functions, size_t count) {
  napi_value object, function;
  if (napi_create_object(env, &object) != napi_ok) return NULL;
  for (size_t i = 0; i < count; i++) {
    if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].callback, NULL, &function) != napi_ok) return NULL;
    if (napi_set_named_property(env, object, functions[i].name, function) != napi_ok) return NULL;
  }
  return object;
}

bool js_arguments(napi_env env, napi_callback_info info, napi_value *values, size_t count) {
  size_t given = count;
  if (napi_get_cb_info(env, info, &given, values, NULL, NULL) == napi_ok && given == count) return true;
  return js_throw_type(env, "wrong number of arguments"), false;
}

bool js_to_double(napi_env env, napi_value value, double *into) {
  if (napi_get_value_double(env, value, into) == napi_ok && *into == *into) return true;
  return js_throw_type(env, "a number is needed"), false;
}

bool js_to_int(napi_env env, napi_value value, int *into) {
  double number;
  if (!js_to_double(env, value, &number)) return false;
  if (number < INT_MIN || number > INT_MAX || number != (int)number) return js_throw_type(env, "a 32-bit integer is needed"), false;
  *into = (int)number;
  return true;
}

bool js_to_bytes(napi_env env, napi_value value, char **data, size_t *length) {
  napi_typedarray_type type;
  void *start;
  if (napi_get_typedarray_info(env, value, &type, length, &start, NULL, NULL) != napi_ok || type != napi_uint8_array)
    return js_throw_type(env, "a Uint8Array is needed"), false;
  *data = start;
  return true;
}

bool js_to_path(napi_env env, napi_value value, char *into, size_t size) {
  size_t length;
  if (napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok || length >= size)
    return js_throw_type(env, "a path is needed"), false;
  if (napi_get_value_string_utf8(env, value, into, size, &length) != napi_ok || strlen(into) != length)
    return js_throw_type(env, "a path is needed"), false;
  return true;
}

napi_value js_int(napi_env env, int value) {
  napi_value result;
  return napi_create_int32(env, value, &result) == napi_ok ? result : NULL;
}

napi_value js_double(napi_env env, double value) {
  napi_value result;
  return napi_create_double(env, value, &result) == napi_ok ? result : NULL;
}

napi_value js_bool(napi_env env, bool value) {
  napi_value result;
  return napi_get_boolean(env, value, &result) == napi_ok ? result : NULL;
}

napi_value js_null(napi_env env) {
  napi_value result;
  return napi_get_null(env, &result) == napi_ok ? result : NULL;
}

napi_value js_throw_errno(napi_env env, const char *what) {
  char message[256];
  const char *name = strerrorname_np ? strerrorname_np(errno) : NULL;
  snprintf(message, sizeof message, "%s: %s", what, strerror(errno));
  napi_throw_error(env, name, message);
  return NULL;
}

napi_value js_throw(napi_env env, const char *message) { return napi_throw_error(env, NULL, message), NULL; }
napi_value js_throw_type(napi_env env, const char *message) { return napi_throw_type_error(env, NULL, message), NULL; }
