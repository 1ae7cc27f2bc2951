/*
 * What the samples' deepest calls have left on the stack, a MiB, is dead: without it children inherit less, and get empty pages there
 * instead of copies.
 */
#include "native.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* Below the caller's frame is what we call, and the part that functions may use without saying so. */
enum { KEPT = 64 << 10, PAGE = 4096 };

/* Called once, before the first fork. */
void stack_forget(void) {
  FILE *maps = fopen("/proc/self/maps", "re");
  if (maps == NULL) return;
  uintptr_t start = 0, end = ((uintptr_t)__builtin_frame_address(0) - KEPT) & ~(uintptr_t)(PAGE - 1);
  for (char line[4096]; fgets(line, sizeof line, maps) != NULL;)
    if (strstr(line, "[stack]") != NULL && sscanf(line, "%lx", &start) == 1) break;
  fclose(maps);
  if (start != 0 && start < end) madvise((void *)start, end - start, MADV_DONTNEED);
}
