/* `native.supervisor`: the few system calls that the supervisor needs and Node lacks. */
#include "js.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FDS = 8, MOST_BYTES = 4096 };

static napi_value socket_pair(napi_env env, napi_callback_info info) {
  (void)info;
  int pair[2];
  napi_value result;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return js_throw_errno(env, "socketpair");
  if (napi_create_array_with_length(env, 2, &result) != napi_ok) return NULL;
  for (uint32_t i = 0; i < 2; i++)
    if (napi_set_element(env, result, i, js_int(env, pair[i])) != napi_ok) return NULL;
  return result;
}

/* The number of descriptors in a JavaScript array, or -1 after throwing. */
static int to_fds(napi_env env, napi_value array, int fds[MOST_FDS]) {
  uint32_t count;
  if (napi_get_array_length(env, array, &count) != napi_ok || count > MOST_FDS)
    return js_throw_type(env, "an array of at most 8 descriptors is needed"), -1;
  for (uint32_t i = 0; i < count; i++) {
    napi_value value;
    if (napi_get_element(env, array, i, &value) != napi_ok || !js_to_int(env, value, &fds[i])) return -1;
  }
  return (int)count;
}

/* A message this small goes into the socket as a whole or not at all. */
static ssize_t send_message(int socket, char *data, size_t length, const int *fds, size_t fd_count) {
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(MOST_FDS * sizeof(int))];
  } control = {0};
  struct iovec vector = {data, length};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
  if (fd_count > 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(fd_count * sizeof(int));
    memcpy(CMSG_DATA(&control.header), fds, fd_count * sizeof(int));
  }
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (sent < 0 && errno == EINTR);
  return sent;
}

static napi_value send_with_fds(napi_env env, napi_callback_info info) {
  napi_value values[3];
  int socket, fds[MOST_FDS];
  char *data;
  size_t length;
  if (!js_arguments(env, info, values, 3) || !js_to_int(env, values[0], &socket)) return NULL;
  if (!js_to_bytes(env, values[1], &data, &length)) return NULL;
  if (length == 0 || length > MOST_BYTES) return js_throw_type(env, "1 to 4096 bytes are needed");
  int fd_count = to_fds(env, values[2], fds);
  if (fd_count < 0) return NULL;
  ssize_t sent = send_message(socket, data, length, fds, (size_t)fd_count);
  if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return js_bool(env, false);
  if (sent < 0) return js_throw_errno(env, "sendmsg");
  if ((size_t)sent != length) return js_throw(env, "sendmsg: sent only a part");
  return js_bool(env, true);
}

static napi_value lock_file(napi_env env, napi_callback_info info) {
  napi_value value;
  char path[PATH_MAX];
  if (!js_arguments(env, info, &value, 1) || !js_to_path(env, value, path, sizeof path)) return NULL;
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return js_throw_errno(env, "open");
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return js_int(env, fd);
  int error = errno;
  close(fd);
  errno = error;
  return error == EWOULDBLOCK ? js_null(env) : js_throw_errno(env, "flock");
}

static napi_value open_directory(napi_env env, napi_callback_info info) {
  napi_value value;
  char path[PATH_MAX];
  if (!js_arguments(env, info, &value, 1) || !js_to_path(env, value, path, sizeof path)) return NULL;
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  return fd < 0 ? js_throw_errno(env, "open") : js_int(env, fd);
}

static napi_value close_fd(napi_env env, napi_callback_info info) {
  napi_value value;
  int fd;
  if (!js_arguments(env, info, &value, 1) || !js_to_int(env, value, &fd)) return NULL;
  return close(fd) == 0 ? NULL : js_throw_errno(env, "close");
}

/* send(socket, bytes, count): what Node's own write would do, without making an Error when the socket is full. */
static napi_value send_bytes(napi_env env, napi_callback_info info) {
  napi_value values[3];
  int fd, count;
  char *data;
  size_t length;
  if (!js_arguments(env, info, values, 3) || !js_to_int(env, values[0], &fd)) return NULL;
  if (!js_to_bytes(env, values[1], &data, &length) || !js_to_int(env, values[2], &count)) return NULL;
  if (count < 0 || (size_t)count > length) return js_throw_type(env, "more bytes than the array has");
  ssize_t sent;
  do sent = send(fd, data, (size_t)count, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (sent < 0 && errno == EINTR);
  return js_int(env, sent < 0 ? -errno : (int)sent);
}

/*
 * A descriptor of a regular file, or -1. It is looked at before it is opened, because opening a device alone can have effects, and
 * again afterwards, because it may have been swapped meanwhile.
 */
static int open_regular(int directory, const char *name, struct stat *status) {
  if (fstatat(directory, name, status, AT_SYMLINK_NOFOLLOW) != 0) return -1;
  if (!S_ISREG(status->st_mode)) return errno = EISDIR, -1;
  int fd;
  do fd = openat(directory, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  while (fd < 0 && errno == EINTR);
  if (fd < 0) return -1;
  if (fstat(fd, status) == 0 && S_ISREG(status->st_mode)) return fd;
  close(fd);
  return errno = EISDIR, -1;
}

static napi_value open_file(napi_env env, napi_callback_info info) {
  napi_value values[2], result;
  int directory;
  char name[NAME_MAX + 1];
  struct stat status;
  if (!js_arguments(env, info, values, 2) || !js_to_int(env, values[0], &directory)) return NULL;
  if (!js_to_path(env, values[1], name, sizeof name)) return NULL;
  if (strchr(name, '/') != NULL) return js_throw_type(env, "one component of a path is needed");
  int fd = open_regular(directory, name, &status);
  if (fd < 0) return js_int(env, -errno);
  if (napi_create_array_with_length(env, 2, &result) != napi_ok) return NULL;
  if (napi_set_element(env, result, 0, js_int(env, fd)) != napi_ok) return NULL;
  return napi_set_element(env, result, 1, js_double(env, (double)status.st_size)) == napi_ok ? result : NULL;
}

static napi_value lock_steps(napi_env env) {
  napi_value names, name;
  if (napi_create_array(env, &names) != napi_ok) return NULL;
  for (uint32_t i = 0; lock_step_name(i) != NULL; i++) {
    if (napi_create_string_utf8(env, lock_step_name(i), NAPI_AUTO_LENGTH, &name) != napi_ok) return NULL;
    if (napi_set_element(env, names, i, name) != napi_ok) return NULL;
  }
  return names;
}

napi_value supervisor_functions(napi_env env) {
  static const struct js_function functions[] = {
      {"socketPair", socket_pair},       {"sendWithFds", send_with_fds}, {"lockFile", lock_file},
      {"openDirectory", open_directory}, {"close", close_fd},            {"send", send_bytes},
      {"openFile", open_file},
  };
  napi_value object = js_object(env, functions, sizeof functions / sizeof *functions);
  napi_value steps = lock_steps(env);
  if (object == NULL || steps == NULL) return NULL;
  return napi_set_named_property(env, object, "lockSteps", steps) == napi_ok ? object : NULL;
}
