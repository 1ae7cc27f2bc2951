/*
 * The preloaded shim. A process can only be forked safely while it has one thread, and V8 marks its heap so that forks lose it;
 * no flag of the engine changes either. So the zygote preloads this file, which stands in for a few C library functions:
 * auxiliary threads leave their waits and end for real, MADV_DONTFORK does nothing, and io_uring (memory shared with the kernel
 * and thus between zygote and children) is refused. In the supervisor the same file is an ordinary addon and none of this acts.
 */
#include "native.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MAX_THREADS = 64, WAKE_ROUNDS = 2000 };

/* One auxiliary thread: what it waits on at the moment, so that it can be woken properly. */
struct thread {
  atomic_int tid;
  _Atomic(pthread_cond_t *) condition;
  _Atomic(pthread_mutex_t *) mutex;
};
static struct thread threads[MAX_THREADS];
static atomic_int thread_count;
static atomic_bool freezing;
static __thread struct thread *self;

typedef long syscall_function(long, ...);
typedef int condition_wait(pthread_cond_t *, pthread_mutex_t *);

/* x86-64 has two versions of this function; the first, from before 2003, has another idea of a condition's layout. */
static void *find_condition_wait(void) {
#ifdef __x86_64__
  return dlvsym(RTLD_NEXT, "pthread_cond_wait", "GLIBC_2.3.2");
#else
  return dlsym(RTLD_NEXT, "pthread_cond_wait");
#endif
}

/* Ends the calling thread as the kernel sees it: a pthread_join returns, no destructor runs, no lock or waiter count is left behind. */
static _Noreturn void end_thread(void) {
  atomic_store(&self->condition, NULL);
  atomic_store(&self->tid, 0);
  for (;;) syscall(SYS_exit, 0);
}

struct start {
  void *(*function)(void *);
  void *argument;
};

static void *run_thread(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  int index = atomic_fetch_add(&thread_count, 1);
  /* A thread without a slot is never ended; count_threads() then keeps the zygote from serving. */
  if (index < MAX_THREADS) {
    self = &threads[index];
    atomic_store(&self->tid, (int)syscall(SYS_gettid));
  }
  void *result = start.function(start.argument);
  if (self != NULL) atomic_store(&self->tid, 0);
  return result;
}

static int shim_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*function)(void *), void *argument) {
  static __typeof__(pthread_create) *real;
  if (real == NULL) real = (__typeof__(real))dlsym(RTLD_NEXT, "pthread_create");
  if (!shim_active()) return real(thread, attributes, function, argument);
  /* Invariant: once frozen, one thread for ever. */
  if (atomic_load(&freezing)) return EAGAIN;
  struct start *start = malloc(sizeof *start);
  if (start == NULL) return EAGAIN;
  *start = (struct start){function, argument};
  int error = real(thread, attributes, run_thread, start);
  if (error != 0) free(start);
  return error;
}
INTERPOSE(pthread_create, shim_pthread_create);

static void leave_wait_if_freezing(pthread_mutex_t *mutex) {
  if (!atomic_load(&freezing)) return;
  pthread_mutex_unlock(mutex);
  end_thread();
}

static int shim_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) {
  static condition_wait *real;
  if (real == NULL) real = (condition_wait *)find_condition_wait();
  if (self == NULL) return real(condition, mutex);
  atomic_store(&self->mutex, mutex);
  atomic_store(&self->condition, condition);
  leave_wait_if_freezing(mutex);
  int error = real(condition, mutex);
  leave_wait_if_freezing(mutex);
  atomic_store(&self->condition, NULL);
  return error;
}
INTERPOSE(pthread_cond_wait, shim_pthread_cond_wait);

static int shim_epoll_pwait(int epoll, struct epoll_event *events, int most, int timeout, const sigset_t *mask) {
  static __typeof__(epoll_pwait) *real;
  if (real == NULL) real = (__typeof__(real))dlsym(RTLD_NEXT, "epoll_pwait");
  int count = real(epoll, events, most, timeout, mask);
  if (self != NULL && atomic_load(&freezing)) end_thread();
  return count;
}
INTERPOSE(epoll_pwait, shim_epoll_pwait);

static int shim_epoll_wait(int epoll, struct epoll_event *events, int most, int timeout) {
  return shim_epoll_pwait(epoll, events, most, timeout, NULL);
}
INTERPOSE(epoll_wait, shim_epoll_wait);

static int shim_madvise(void *address, size_t length, int advice) {
  static __typeof__(madvise) *real;
  if (real == NULL) real = (__typeof__(real))dlsym(RTLD_NEXT, "madvise");
  if (shim_active() && advice == MADV_DONTFORK) return 0;
  return real(address, length, advice);
}
INTERPOSE(madvise, shim_madvise);

static long shim_syscall(long number, ...) {
  static syscall_function *real;
  if (real == NULL) real = (syscall_function *)dlsym(RTLD_NEXT, "syscall");
  if (shim_active() && number == SYS_io_uring_setup) {
    errno = ENOSYS;
    return -1;
  }
  long a[6];
  va_list arguments;
  va_start(arguments, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(arguments, long);
  va_end(arguments);
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
INTERPOSE(syscall, shim_syscall);

/* A locked child can't signal itself, and the C library's last ways out are slow and say little. */
static _Noreturn void shim_abort(void) {
  if (locked_at() > 0) _exit(EXIT_ENGINE_FAILED);
  void (*real)(void) = (void (*)(void))dlsym(RTLD_NEXT, "abort");
  real();
  _exit(EXIT_ENGINE_FAILED);
}
INTERPOSE(abort, shim_abort);

/* Whether this file stands before the C library, that is, was preloaded; no variable of the environment can pretend that. */
bool shim_active(void) {
  static int known = -1;
  if (known < 0) known = dlsym(RTLD_DEFAULT, "madvise") == (void *)shim_madvise;
  return known == 1;
}

static void interrupt_only(int signal) { (void)signal; }

/* Wakes a thread from whatever it waits in. A condition's mutex is taken first, so that the wake-up can't fall between check and wait. */
static void wake(struct thread *thread, int signal) {
  int tid = atomic_load(&thread->tid);
  if (tid == 0) return;
  pthread_cond_t *condition = atomic_load(&thread->condition);
  if (condition == NULL) {
    syscall(SYS_tgkill, getpid(), tid, signal);
    return;
  }
  pthread_mutex_t *mutex = atomic_load(&thread->mutex);
  pthread_mutex_lock(mutex);
  pthread_cond_broadcast(condition);
  pthread_mutex_unlock(mutex);
}

/* Ends the auxiliary threads; gives up after about a second, and the caller counts what is left. */
void shim_end_threads(void) {
  int signal = SIGRTMIN + 5;
  struct sigaction interrupt = {.sa_handler = interrupt_only}, before;
  sigaction(signal, &interrupt, &before);
  atomic_store(&freezing, true);
  for (int round = 0; round < WAKE_ROUNDS && count_threads() > 1; round++) {
    for (int i = 0; i < MAX_THREADS; i++) wake(&threads[i], signal);
    nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
  }
  /* Ignoring it for a moment discards what a thread that is left hasn't taken yet: by default, it would end the process without a word. */
  sigaction(signal, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
  sigaction(signal, &before, NULL);
}
