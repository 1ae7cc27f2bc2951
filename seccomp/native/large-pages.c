/*
 * Puts what all children share onto large pages, once, before the first fork.
 *
 * What the zygote has written: a fork writes down each page that it shares, and the end of a child strikes it off again. Of an empty
 * program's processor time that is a third, with 5,000 small pages. The first write to a large one splits it, in the child alone, into
 * small ones that are still written down together; what is copied is one of these.
 *
 * The engine's machine code: as part of its file, it is mapped into a child piece by piece, by a fault at each first use: a hundred for an
 * empty program, as many again where V8 compiles, and small pages fill the processor's table of them. This costs a zygote as much memory as
 * the engine has code, 42 MiB, which all its children share.
 *
 * Where the kernel has no large pages to give, everything stays as it is.
 */
#include "engine.h"
#include "native.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Linux 6.1; not in every C library's headers. */
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define LARGE_PAGE ((uintptr_t)2 << 20)
enum { PAGE = 4096, PAGES_OF_LARGE = 512, MAX_LARGE = 256 };

struct mapping {
  uintptr_t start, end;
  char rights[5];
  char name[128];
};

static uintptr_t round_up(uintptr_t address) { return (address + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1); }
static uintptr_t round_down(uintptr_t address) { return address & ~(LARGE_PAGE - 1); }

static bool next_mapping(FILE *maps, struct mapping *into) {
  char line[4096];
  if (fgets(line, sizeof line, maps) == NULL) return false;
  *into = (struct mapping){0};
  return sscanf(line, "%lx-%lx %4s %*s %*s %*s %127[^\n]", &into->start, &into->end, into->rights, into->name) >= 3;
}

/* The large pages that lie within the mapping of the engine's code. */
static struct mapping find_code(void) {
  struct mapping found, none = {0};
  uintptr_t inside = (uintptr_t)engine.get_current;
  FILE *maps = fopen("/proc/self/maps", "re");
  if (maps == NULL) return none;
  bool known = false;
  while (!known && next_mapping(maps, &found)) known = found.start <= inside && inside < found.end;
  fclose(maps);
  found.start = round_up(found.start);
  found.end = round_down(found.end);
  return known && strcmp(found.rights, "r-xp") == 0 && found.start < found.end ? found : none;
}

/* Bytes of this process that lie on large pages. */
static size_t large_bytes(void) {
  FILE *sums = fopen("/proc/self/smaps_rollup", "re");
  if (sums == NULL) return 0;
  size_t kib = 0;
  for (char line[4096]; fgets(line, sizeof line, sums) != NULL;)
    if (sscanf(line, "AnonHugePages: %zu kB", &kib) == 1) break;
  fclose(sums);
  return kib * 1024;
}

/* A copy on large pages alone; MAP_FAILED if the kernel hasn't that many. */
static void *copy_of(const struct mapping *code) {
  size_t bytes = code->end - code->start, mapped = bytes + LARGE_PAGE;
  char *area = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED) return area;
  char *copy = (char *)round_up((uintptr_t)area);
  size_t before = large_bytes();
  if (madvise(copy, bytes, MADV_HUGEPAGE) == 0) memcpy(copy, (void *)code->start, bytes);
  if (large_bytes() - before != bytes || mprotect(copy, bytes, PROT_READ | PROT_EXEC) != 0) {
    munmap(area, mapped);
    return MAP_FAILED;
  }
  munmap(area, (size_t)(copy - area));
  munmap(copy + bytes, LARGE_PAGE - (size_t)(copy - area));
  return copy;
}

/* Meanwhile this file's code and the C library's run, and no other thread. */
static bool move_code(void) {
  struct mapping code = find_code();
  if (code.start == code.end) return true;
  void *copy = copy_of(&code), *place = (void *)code.start;
  size_t bytes = code.end - code.start;
  return copy == MAP_FAILED || mremap(copy, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, place) == place;
}

/* Whether most of a large page is there. */
static bool is_used(uintptr_t large) {
  unsigned char present[PAGES_OF_LARGE];
  if (mincore((void *)large, LARGE_PAGE, present) != 0) return false;
  size_t count = 0;
  for (size_t i = 0; i < PAGES_OF_LARGE; i++) count += present[i] & 1;
  return count > PAGES_OF_LARGE / 2;
}

/* Where a large heap begins once what is free before it, down to the next large page, was added. */
static uintptr_t filled_start(const struct mapping *heap) {
  uintptr_t start = round_down(heap->start);
  if (strcmp(heap->rights, "rw-p") != 0 || start == heap->start || heap->end - heap->start < LARGE_PAGE || heap->name[0] != '\0') return heap->start;
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  return mmap((void *)start, heap->start - start, PROT_READ | PROT_WRITE, flags, -1, 0) == (void *)start ? start : heap->start;
}

/* V8's heap, what it compiled, and the C library's heap, as far as they fill large pages. Found first, because collapsing changes the list. */
static void collapse_heaps(void) {
  FILE *maps = fopen("/proc/self/maps", "re");
  if (maps == NULL) return;
  uintptr_t found[MAX_LARGE];
  size_t count = 0;
  for (struct mapping heap; next_mapping(maps, &heap);) {
    if (heap.rights[1] != 'w' || heap.rights[3] != 'p' || (heap.name[0] != '\0' && strcmp(heap.name, "[heap]") != 0)) continue;
    for (uintptr_t at = round_up(filled_start(&heap)); at + LARGE_PAGE <= heap.end && count < MAX_LARGE; at += LARGE_PAGE)
      if (is_used(at)) found[count++] = at;
  }
  fclose(maps);
  for (size_t i = 0; i < count; i++) madvise((void *)found[i], LARGE_PAGE, MADV_COLLAPSE);
}

/* Called when there is one thread. Allows large pages for this alone: a child's first write to one would be charged 2 MiB of its quota. */
void share_large_pages(bool code_too) {
  if (prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) != 0) return;
  heap_fill_large_page();
  collapse_heaps();
  bool moved = !code_too || move_code();
  if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) == 0 && moved) return;
  /* There may be no engine any more to return to. */
  dprintf(STDERR_FILENO, "zygote: put the engine onto large pages: %s\n", strerror(errno));
  _exit(EXIT_FAILURE);
}
