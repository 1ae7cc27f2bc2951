/* `native.child`: what the runtime in a child calls. Its arguments come from trusted code, but bounds are checked all the same. */
#include "js.h"

#include <unistd.h>

/* (bytes, offset, length): the part of the bytes that is meant; NULL after throwing. */
static char *span(napi_env env, napi_callback_info info, size_t *length) {
  napi_value values[3];
  char *data;
  size_t size;
  double from, count;
  if (!js_arguments(env, info, values, 3) || !js_to_bytes(env, values[0], &data, &size)) return NULL;
  if (!js_to_double(env, values[1], &from) || !js_to_double(env, values[2], &count)) return NULL;
  if (from < 0 || count < 1 || from + count > (double)size) return js_throw_type(env, "outside of the array"), NULL;
  *length = (size_t)count;
  return data + (size_t)from;
}

static napi_value poll_channel(napi_env env, napi_callback_info info) {
  napi_value value;
  double timeout;
  if (!js_arguments(env, info, &value, 1) || !js_to_double(env, value, &timeout)) return NULL;
  return js_bool(env, channel_poll(timeout));
}

static napi_value read_channel(napi_env env, napi_callback_info info) {
  size_t length;
  char *into = span(env, info, &length);
  return into == NULL ? NULL : js_double(env, (double)channel_read(into, length));
}

static napi_value write_channel(napi_env env, napi_callback_info info) {
  size_t length;
  char *from = span(env, info, &length);
  return from == NULL ? NULL : js_double(env, (double)channel_write(from, length));
}

static napi_value exchange(napi_env env, napi_callback_info info) {
  napi_value values[3];
  char *from, *into;
  size_t size, room;
  double length;
  if (!js_arguments(env, info, values, 3) || !js_to_bytes(env, values[0], &from, &size)) return NULL;
  if (!js_to_double(env, values[1], &length) || !js_to_bytes(env, values[2], &into, &room)) return NULL;
  if (!(length >= 1 && length <= (double)size) || room == 0) return js_throw_type(env, "outside of the array");
  channel_write_all(from, (size_t)length);
  return js_double(env, (double)channel_read(into, room));
}

static napi_value now(napi_env env, napi_callback_info info) {
  (void)info;
  return js_double(env, monotonic_seconds());
}

static napi_value processor_time(napi_env env, napi_callback_info info) {
  (void)info;
  return js_double(env, processor_seconds());
}

static napi_value get_locked_at(napi_env env, napi_callback_info info) {
  (void)info;
  return js_double(env, locked_at());
}

static napi_value get_refused_bytes(napi_env env, napi_callback_info info) {
  (void)info;
  return js_double(env, (double)memory_refused_bytes());
}

static napi_value exit_now(napi_env env, napi_callback_info info) {
  napi_value value;
  int code = EXIT_ENGINE_FAILED;
  if (js_arguments(env, info, &value, 1)) js_to_int(env, value, &code);
  _exit(code);
}

static napi_value follow_memory(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  memory_changed();
  return NULL;
}

static napi_value run_microtasks(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  engine_run_microtasks();
  return NULL;
}

napi_value child_functions(napi_env env) {
  static const struct js_function functions[] = {
      {"poll", poll_channel},       {"read", read_channel}, {"write", write_channel},          {"now", now},
      {"lockedAt", get_locked_at}, {"exit", exit_now},     {"runMicrotasks", run_microtasks},
      {"refusedBytes", get_refused_bytes}, {"followMemory", follow_memory}, {"exchange", exchange}, {"processorTime", processor_time},
  };
  return js_object(env, functions, sizeof functions / sizeof *functions);
}
