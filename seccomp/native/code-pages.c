/*
 * Puts the engine's machine code onto large pages, once, before the first fork. As part of its file, code is mapped into a child piece by
 * piece, by a fault at each first use: a hundred of them for an empty program, as many again for each program that V8 compiles, and
 * then small pages fill the processor's table of them. Large pages of the zygote's own are there in every child from the beginning.
 *
 * They cost each zygote as much memory as the engine has code, 42 MiB; all its children share it. Where the kernel has no large pages to give,
 * everything stays as it is.
 */
#include "engine.h"
#include "native.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define LARGE_PAGE ((size_t)2 << 20)

struct range {
  char *start;
  size_t bytes;
};

/* The large pages that lie within the mapping of the engine's code. */
static struct range find_code(void) {
  struct range code = {NULL, 0};
  FILE *maps = fopen("/proc/self/maps", "re");
  if (maps == NULL) return code;
  uintptr_t inside = (uintptr_t)engine.get_current, from, to;
  for (char line[4096]; fgets(line, sizeof line, maps) != NULL;) {
    char rights[5];
    if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || inside < from || inside >= to) continue;
    from = (from + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
    to &= ~(LARGE_PAGE - 1);
    if (strcmp(rights, "r-xp") == 0 && from < to) code = (struct range){(char *)from, to - from};
    break;
  }
  fclose(maps);
  return code;
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
static char *copy_of(struct range code) {
  size_t mapped = code.bytes + LARGE_PAGE;
  char *area = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED) return area;
  char *copy = (char *)(((uintptr_t)area + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1));
  size_t before = large_bytes();
  if (madvise(copy, code.bytes, MADV_HUGEPAGE) == 0) memcpy(copy, code.start, code.bytes);
  if (large_bytes() - before != code.bytes || mprotect(copy, code.bytes, PROT_READ | PROT_EXEC) != 0) {
    munmap(area, mapped);
    return MAP_FAILED;
  }
  munmap(area, (size_t)(copy - area));
  munmap(copy + code.bytes, LARGE_PAGE - (size_t)(copy - area));
  return copy;
}

/* Called when there is one thread, which runs this file's code and the C library's meanwhile; allows large pages for this alone. */
void code_onto_large_pages(void) {
  struct range code = find_code();
  if (code.bytes == 0 || prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) != 0) return;
  char *copy = copy_of(code);
  bool disabled = prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) == 0;
  bool moved = copy == MAP_FAILED || mremap(copy, code.bytes, code.bytes, MREMAP_MAYMOVE | MREMAP_FIXED, code.start) == code.start;
  if (disabled && moved) return;
  /* There may be no engine any more to return to. */
  dprintf(STDERR_FILENO, "zygote: put the engine's code onto large pages: %m\n");
  _exit(EXIT_FAILURE);
}
