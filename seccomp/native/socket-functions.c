/*
 * `native.sockets`: the sockets that the supervisor holds for its programs. Nothing here ever blocks, and nothing of a socket's data
 * is kept outside of the kernel, whose buffers are bounded: a program that isn't asking costs the supervisor nothing, whatever
 * its peers send. Results below 0 are errno negated; only wrong arguments throw.
 */
#include "js.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct address {
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  };
  socklen_t length;
};

static napi_value outcome(napi_env env, ssize_t result) { return js_int(env, result < 0 ? -errno : (int)result); }

/* False after throwing: for what is no numeric address, or no port. */
static bool to_address(napi_env env, napi_value host, napi_value port, struct address *address) {
  char text[INET6_ADDRSTRLEN];
  int number;
  if (!js_to_path(env, host, text, sizeof text) || !js_to_int(env, port, &number)) return false;
  if (number < 0 || number > 65535) return js_throw_type(env, "a port is needed"), false;
  memset(address, 0, sizeof *address);
  if (inet_pton(AF_INET, text, &address->v4.sin_addr) == 1) {
    address->v4.sin_family = AF_INET;
    address->v4.sin_port = htons((uint16_t)number);
    address->length = sizeof address->v4;
    return true;
  }
  if (inet_pton(AF_INET6, text, &address->v6.sin6_addr) == 1) {
    address->v6.sin6_family = AF_INET6;
    address->v6.sin6_port = htons((uint16_t)number);
    address->length = sizeof address->v6;
    return true;
  }
  return js_throw_type(env, "a numeric address is needed"), false;
}

/* [first, address, port] */
static napi_value with_address(napi_env env, int first, const struct address *address) {
  char text[INET6_ADDRSTRLEN] = "";
  bool v4 = address->any.sa_family == AF_INET;
  inet_ntop(address->any.sa_family, v4 ? (const void *)&address->v4.sin_addr : &address->v6.sin6_addr, text, sizeof text);
  napi_value result, host;
  if (napi_create_array_with_length(env, 3, &result) != napi_ok) return NULL;
  if (napi_create_string_latin1(env, text, NAPI_AUTO_LENGTH, &host) != napi_ok) return NULL;
  napi_value port = js_int(env, ntohs(v4 ? address->v4.sin_port : address->v6.sin6_port));
  if (napi_set_element(env, result, 0, js_int(env, first)) != napi_ok) return NULL;
  if (napi_set_element(env, result, 1, host) != napi_ok || napi_set_element(env, result, 2, port) != napi_ok) return NULL;
  return result;
}

static int set_option(int fd, int level, int name, int value) { return setsockopt(fd, level, name, &value, sizeof value); }

/* Keeps errno, which says why the socket is of no use. */
static int give_up(int fd) {
  int error = errno;
  close(fd);
  errno = error;
  return -1;
}

static int bound_socket(int type, int buffers, const struct address *local) {
  int fd = socket(local->any.sa_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  /* Without the first, a port would be of no use for a minute after each connection that was closed. */
  if (type == SOCK_STREAM && set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) != 0) return give_up(fd);
  if (type == SOCK_STREAM && set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) != 0) return give_up(fd);
  if (buffers > 0 && set_option(fd, SOL_SOCKET, SO_SNDBUF, buffers) != 0) return give_up(fd);
  if (buffers > 0 && set_option(fd, SOL_SOCKET, SO_RCVBUF, buffers) != 0) return give_up(fd);
  if (local->any.sa_family == AF_INET6 && set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) != 0) return give_up(fd);
  return bind(fd, &local->any, local->length) == 0 ? fd : give_up(fd);
}

/* open(stream, buffers, host, port): a bound socket. `buffers` > 0 sets the size of both; accepted sockets inherit it. */
static napi_value open_socket(napi_env env, napi_callback_info info) {
  napi_value values[4];
  int stream, buffers;
  struct address local;
  if (!js_arguments(env, info, values, 4)) return NULL;
  if (!js_to_int(env, values[0], &stream) || !js_to_int(env, values[1], &buffers)) return NULL;
  if (!to_address(env, values[2], values[3], &local)) return NULL;
  return outcome(env, bound_socket(stream ? SOCK_STREAM : SOCK_DGRAM, buffers, &local));
}

static napi_value listen_on(napi_env env, napi_callback_info info) {
  napi_value values[2];
  int fd, backlog;
  if (!js_arguments(env, info, values, 2)) return NULL;
  if (!js_to_int(env, values[0], &fd) || !js_to_int(env, values[1], &backlog)) return NULL;
  return outcome(env, listen(fd, backlog));
}

static napi_value connect_to(napi_env env, napi_callback_info info) {
  napi_value values[3];
  int fd;
  struct address remote;
  if (!js_arguments(env, info, values, 3) || !js_to_int(env, values[0], &fd)) return NULL;
  if (!to_address(env, values[1], values[2], &remote)) return NULL;
  return outcome(env, connect(fd, &remote.any, remote.length));
}

/* connected(fd): 1 when it is, 0 while it isn't decided. */
static napi_value connected(napi_env env, napi_callback_info info) {
  napi_value value;
  int fd;
  if (!js_arguments(env, info, &value, 1) || !js_to_int(env, value, &fd)) return NULL;
  struct pollfd poller = {fd, POLLOUT, 0};
  int ready = poll(&poller, 1, 0);
  if (ready <= 0) return outcome(env, ready);
  int error;
  socklen_t size = sizeof error;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return outcome(env, -1);
  return js_int(env, error == 0 ? 1 : -error);
}

/* accept(fd): [descriptor, host, port]. Linux doesn't pass O_NONBLOCK on, so it is asked for. */
static napi_value accept_from(napi_env env, napi_callback_info info) {
  napi_value value;
  int fd;
  struct address remote = {.length = sizeof(struct sockaddr_in6)};
  if (!js_arguments(env, info, &value, 1) || !js_to_int(env, value, &fd)) return NULL;
  int accepted = accept4(fd, &remote.any, &remote.length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  return accepted < 0 ? outcome(env, -1) : with_address(env, accepted, &remote);
}

/* A descriptor, and the first `count` bytes of an array. */
static bool to_transfer(napi_env env, const napi_value *values, int *fd, char **data, size_t *count) {
  size_t length;
  int wanted;
  if (!js_to_int(env, values[0], fd) || !js_to_bytes(env, values[1], data, &length)) return false;
  if (!js_to_int(env, values[2], &wanted)) return false;
  if (wanted < 0 || (size_t)wanted > length) return js_throw_type(env, "more bytes than the array has"), false;
  *count = (size_t)wanted;
  return true;
}

/* send(fd, bytes, count): bytes taken; -EPIPE when the peer has closed, which only a look at what it sent can tell before the write. */
static napi_value send_bytes(napi_env env, napi_callback_info info) {
  napi_value values[3];
  int fd;
  char *data, peeked;
  size_t count;
  if (!js_arguments(env, info, values, 3) || !to_transfer(env, values, &fd, &data, &count)) return NULL;
  if (recv(fd, &peeked, 1, MSG_PEEK | MSG_DONTWAIT) == 0) return js_int(env, -EPIPE);
  return outcome(env, send(fd, data, count, MSG_NOSIGNAL | MSG_DONTWAIT));
}

/* receive(fd, into, most): bytes put to `into`; 0 when the peer has closed and everything is read. */
static napi_value receive_bytes(napi_env env, napi_callback_info info) {
  napi_value values[3];
  int fd;
  char *data;
  size_t count;
  if (!js_arguments(env, info, values, 3) || !to_transfer(env, values, &fd, &data, &count)) return NULL;
  return outcome(env, recv(fd, data, count, MSG_DONTWAIT));
}

/* sendTo(fd, bytes, count, host, port) */
static napi_value send_to(napi_env env, napi_callback_info info) {
  napi_value values[5];
  int fd;
  char *data;
  size_t count;
  struct address remote;
  if (!js_arguments(env, info, values, 5) || !to_transfer(env, values, &fd, &data, &count)) return NULL;
  if (!to_address(env, values[3], values[4], &remote)) return NULL;
  return outcome(env, sendto(fd, data, count, MSG_NOSIGNAL | MSG_DONTWAIT, &remote.any, remote.length));
}

/* receiveFrom(fd, into): [bytes, host, port] */
static napi_value receive_from(napi_env env, napi_callback_info info) {
  napi_value values[2];
  int fd;
  char *data;
  size_t length;
  struct address remote = {.length = sizeof(struct sockaddr_in6)};
  if (!js_arguments(env, info, values, 2) || !js_to_int(env, values[0], &fd)) return NULL;
  if (!js_to_bytes(env, values[1], &data, &length)) return NULL;
  ssize_t count = recvfrom(fd, data, length, MSG_DONTWAIT, &remote.any, &remote.length);
  return count < 0 ? outcome(env, -1) : with_address(env, (int)count, &remote);
}

/* routeTo(host): [0, the local address that packets to `host` leave from, 0]. Sends nothing. */
static napi_value route_to(napi_env env, napi_callback_info info) {
  napi_value value;
  struct address remote, local = {.length = sizeof(struct sockaddr_in6)};
  if (!js_arguments(env, info, &value, 1) || !to_address(env, value, js_int(env, 80), &remote)) return NULL;
  int fd = socket(remote.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return outcome(env, -1);
  bool found = connect(fd, &remote.any, remote.length) == 0 && getsockname(fd, &local.any, &local.length) == 0;
  napi_value result = found ? with_address(env, 0, &local) : outcome(env, -1);
  close(fd);
  return result;
}

static napi_value close_socket(napi_env env, napi_callback_info info) {
  napi_value value;
  int fd;
  if (!js_arguments(env, info, &value, 1) || !js_to_int(env, value, &fd)) return NULL;
  return outcome(env, close(fd));
}

napi_value socket_functions(napi_env env) {
  static const struct js_function functions[] = {
      {"open", open_socket},        {"listen", listen_on},  {"connect", connect_to},       {"connected", connected},
      {"accept", accept_from},      {"send", send_bytes},   {"receive", receive_bytes},    {"sendTo", send_to},
      {"receiveFrom", receive_from}, {"routeTo", route_to}, {"close", close_socket},
  };
  return js_object(env, functions, sizeof functions / sizeof *functions);
}
