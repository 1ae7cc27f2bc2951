/* The small part of Node-API that the exported functions need, with errors turned into JavaScript exceptions. */
#ifndef REPYARD_JS_H
#define REPYARD_JS_H

#include "native.h"

struct js_function {
  const char *name;
  napi_callback callback;
};

/* An object with these functions. */
napi_value js_object(napi_env env, const struct js_function *functions, size_t count);
/* Puts exactly `count` arguments to `values`; false after throwing. */
bool js_arguments(napi_env env, napi_callback_info info, napi_value *values, size_t count);

/* Arguments; false after throwing a TypeError. */
bool js_to_int(napi_env env, napi_value value, int *into);
bool js_to_double(napi_env env, napi_value value, double *into);
bool js_to_bytes(napi_env env, napi_value value, char **data, size_t *length);
bool js_to_path(napi_env env, napi_value value, char *into, size_t size);

napi_value js_int(napi_env env, int value);
napi_value js_double(napi_env env, double value);
napi_value js_bool(napi_env env, bool value);
napi_value js_null(napi_env env);

/* Throws an Error for errno, whose code is the errno's name; returns NULL, as a callback does after throwing. */
napi_value js_throw_errno(napi_env env, const char *what);
napi_value js_throw(napi_env env, const char *message);
napi_value js_throw_type(napi_env env, const char *message);

#endif
