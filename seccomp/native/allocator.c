/*
 * The C library's allocator as V8 and what is around it see it: a child's allocations are watched, for its buffers' sake (memory.c), and
 * one that is refused is the program's limit of memory.
 */
#include "engine.h"
#include "native.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

/* The C library's own names of its allocator: dlsym would itself allocate. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

/*
 * When a buffer's contents are refused, V8 collects garbage, asks once more and then throws. For lack of what it allocates for itself it
 * traps instead, or takes NULL for memory (as ICU does): no end that says why. So a child whose allocation of any other kind fails ends here.
 */
static void *granted(void *memory, size_t bytes, const void *caller) {
  if (memory != NULL || bytes == 0) return memory;
  memory_refused(bytes);
  if (locked_at() > 0 && !engine_allocates_buffer(caller)) engine_heap_exhausted();
  errno = ENOMEM;
  return NULL;
}

static void *shim_malloc(size_t size) {
  memory_allocated(size);
  return granted(__libc_malloc(size), size, __builtin_return_address(0));
}
INTERPOSE(malloc, shim_malloc);

static void *shim_calloc(size_t count, size_t size) {
  memory_allocated(count * size);
  return granted(__libc_calloc(count, size), count * size, __builtin_return_address(0));
}
INTERPOSE(calloc, shim_calloc);

static void *shim_realloc(void *memory, size_t size) {
  return granted(__libc_realloc(memory, size), size, __builtin_return_address(0));
}
INTERPOSE(realloc, shim_realloc);

static int shim_posix_memalign(void **memory, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
  void *got = granted(__libc_memalign(alignment, size), size, __builtin_return_address(0));
  if (got == NULL && size > 0) return ENOMEM;
  *memory = got;
  return 0;
}
INTERPOSE(posix_memalign, shim_posix_memalign);

/* A buffer that can grow has its addresses ahead; its memory it gets by permission, which may be refused, too. */
static int shim_mprotect(void *address, size_t length, int protection) {
  static __typeof__(mprotect) *real;
  if (real == NULL) real = (__typeof__(real))dlsym(RTLD_NEXT, "mprotect");
  int result = real(address, length, protection);
  if (result != 0 && errno == ENOMEM) memory_refused(length);
  return result;
}
INTERPOSE(mprotect, shim_mprotect);
