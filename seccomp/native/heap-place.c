/*
 * Where V8's heap lies. V8 asks for each chunk of its heap, 256 KiB, at an address that it makes up, anywhere in 46 bits. Each chunk
 * then is a mapping apart and has page tables of its own, three levels of them: half a MiB in every child, made when it is forked and
 * taken down when it ends. So the shim lays the chunks side by side, from the place on that V8 made up first: where the heap is, is as
 * hard to guess as before; how its chunks lie in it, is not, as in engines that keep their whole heap in one cage.
 */
#include "native.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

typedef void *map_function(void *, size_t, int, int, int, off64_t);

/* V8's chunks begin at multiples of this, for which it asks for so much more, less a page, and gives back what it doesn't need. */
enum { CHUNK_BYTES = 256 << 10, PAGE_BYTES = 4096, SLACK = CHUNK_BYTES - PAGE_BYTES };

/* The first chunk begins at a multiple of this, so that few are left over when the heap is put onto large pages (large-pages.c). */
#define LARGE_PAGE ((uintptr_t)2 << 20)

/* Where the next chunk should lie; 0 before the first. */
static _Atomic uintptr_t next;

/* Heap as V8 asks for it: with a wish where, and room to align it. Nobody depends on wishes being granted. */
static bool is_chunk(const void *wish, size_t length, int flags) {
  return wish != NULL && flags == (MAP_PRIVATE | MAP_ANONYMOUS) && (uintptr_t)wish % CHUNK_BYTES == 0 && length > SLACK;
}

static void *shim_mmap64(void *wish, size_t length, int protection, int flags, int fd, off64_t offset) {
  static map_function *real;
  if (real == NULL) real = (map_function *)dlsym(RTLD_NEXT, "mmap64");
  if (!shim_active() || !is_chunk(wish, length, flags)) return real(wish, length, protection, flags, fd, offset);
  uintptr_t bytes = (length - SLACK + CHUNK_BYTES - 1) / CHUNK_BYTES * CHUNK_BYTES;
  uintptr_t none = 0;
  atomic_compare_exchange_strong(&next, &none, (uintptr_t)wish & ~(LARGE_PAGE - 1));
  uintptr_t place = atomic_fetch_add(&next, bytes);
  void *got = real((void *)place, length, protection, flags, fd, offset);
  /* Something else is there: go on from where V8 would have been. */
  if (got != (void *)place) atomic_store(&next, (uintptr_t)wish & ~(LARGE_PAGE - 1));
  return got;
}
extern __typeof__(mmap64) mmap64 __attribute__((alias("shim_mmap64"), visibility("default")));

/* Called when the zygote has its heap: what is left of the last large page is never used, so that it can be one. */
void heap_fill_large_page(void) {
  uintptr_t from = atomic_load(&next), to = (from + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
  if (from == to) return;
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  if (mmap((void *)from, to - from, PROT_READ | PROT_WRITE, flags, -1, 0) == (void *)from) atomic_store(&next, to);
}
