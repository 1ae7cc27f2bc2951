/*
 * Leaves malloc's arena without holes before the first fork. What a child allocates then comes from the arena's end, one page after
 * the other; filling holes all over the inherited arena instead, it would write to, and so copy, a page for each.
 */
#include "native.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* Below FINE the arena keeps chunks of each size, a multiple of STEP apart, for themselves. */
enum { LARGEST = 64 << 10, FINE = 1 << 10, STEP = 16, LEAST = 16 };

/* Takes every free chunk of at least LEAST bytes, for good: the arena is inherited memory, shared by all children as it is. */
void arena_fill_holes(void) {
  malloc_trim(0);
  for (size_t size = LARGEST; size >= LEAST; size = size > FINE ? size / 2 : size - STEP)
    for (;;) {
      /* The arena's end moves only when its last chunk, the one that is no hole, is cut. */
      size_t end_before = mallinfo2().keepcost;
      void *chunk = malloc(size);
      if (chunk == NULL) return;
      if (mallinfo2().keepcost == end_before) continue;
      free(chunk);
      break;
    }
}
