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
#include <sys/prctl.h>

#ifndef PR_THP_DISABLE_EXCEPT_ADVISED
#define PR_THP_DISABLE_EXCEPT_ADVISED (1 << 1)
#endif

typedef void *map_function(void *, size_t, int, int, int, off64_t);
typedef int unmap_function(void *, size_t);

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

static uintptr_t round_up(uintptr_t address, uintptr_t unit) { return (address + unit - 1) & ~(unit - 1); }

static void *real_map(void *place, size_t length, int protection, int flags, int fd, off64_t offset) {
  static map_function *real;
  if (real == NULL) real = (map_function *)dlsym(RTLD_NEXT, "mmap64");
  return real(place, length, protection, flags, fd, offset);
}

static int real_unmap(void *address, size_t length) {
  static unmap_function *real;
  if (real == NULL) real = (unmap_function *)dlsym(RTLD_NEXT, "munmap");
  return real(address, length);
}

/*
 * Children with much memory take heap on large pages: one fault instead of 512, which are a tenth of the processor time of a program that
 * fills its memory. The kernel gives a large page only where all of it is mapped at the first touch, so the heap is mapped ahead of V8.
 */
static bool ahead;
/* Where it ends, and where what V8 will give back of its last chunk begins; 0: nothing. */
static uintptr_t mapped_to, slack_from;

static bool map_ahead(uintptr_t to) {
  if (to <= mapped_to) return true;
  size_t length = round_up(to, LARGE_PAGE) - mapped_to;
  void *place = (void *)mapped_to;
  void *got = real_map(place, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (got == MAP_FAILED) return false;
  if (got != place) return real_unmap(got, length), false;
  /* Where the kernel has no large pages, small ones do. */
  madvise(place, length, MADV_HUGEPAGE);
  mapped_to += length;
  return true;
}

/* Until V8 gives the slack back, it is part of the chunk: nothing depends on that it does. */
static void *chunk_of(size_t length) {
  uintptr_t place = next;
  if (!map_ahead(place + length)) return MAP_FAILED;
  slack_from = place + length - SLACK;
  next = round_up(place + length, CHUNK_BYTES);
  return (void *)place;
}

/* Something else is there: go on from where V8 would have been. */
static void go_elsewhere(const void *wish) { mapped_to = next = (uintptr_t)wish & ~(LARGE_PAGE - 1); }

static void *shim_mmap64(void *wish, size_t length, int protection, int flags, int fd, off64_t offset) {
  if (!shim_active() || !is_chunk(wish, length, flags)) return real_map(wish, length, protection, flags, fd, offset);
  if (ahead && protection == (PROT_READ | PROT_WRITE)) {
    void *chunk = chunk_of(length);
    if (chunk != MAP_FAILED) return chunk;
    go_elsewhere(wish);
    return real_map(wish, length, protection, flags, fd, offset);
  }
  uintptr_t none = 0;
  atomic_compare_exchange_strong(&next, &none, (uintptr_t)wish & ~(LARGE_PAGE - 1));
  uintptr_t place = atomic_fetch_add(&next, round_up(length - SLACK, CHUNK_BYTES));
  void *got = real_map((void *)place, length, protection, flags, fd, offset);
  if (got != (void *)place) go_elsewhere(wish);
  return got;
}
INTERPOSE(mmap64, shim_mmap64);

static int shim_munmap(void *address, size_t length) {
  if (slack_from == 0 || (uintptr_t)address != slack_from || length != SLACK) return real_unmap(address, length);
  next = round_up(slack_from, CHUNK_BYTES);
  slack_from = 0;
  return 0;
}
INTERPOSE(munmap, shim_munmap);

/* Called by the lock. What isn't asked for keeps small pages, where the kernel can tell it apart (Linux 6.18). */
void heap_on_large_pages(void) {
  if (prctl(PR_SET_THP_DISABLE, 1, PR_THP_DISABLE_EXCEPT_ADVISED, 0, 0) != 0 && prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) != 0) return;
  mapped_to = next = round_up(next, LARGE_PAGE);
  ahead = true;
}

/* Called when the zygote has its heap: what is left of the last large page is never used, so that it can be one. */
void heap_fill_large_page(void) {
  uintptr_t from = next, to = round_up(from, LARGE_PAGE);
  if (from == to) return;
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  if (mmap((void *)from, to - from, PROT_READ | PROT_WRITE, flags, -1, 0) == (void *)from) next = to;
}
