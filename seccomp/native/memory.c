/*
 * A child's memory as its own quota allows: V8 must collect garbage, or give up in its own way, before the cgroup kills. Set by the
 * lock, in the child; what the zygote allocates isn't watched.
 */
#include "engine.h"
#include "native.h"

static bool watching;
static size_t heap_limit;
static size_t buffer_room;
/* Bytes that may be allocated before the next look at the buffers. */
static size_t until_look;
/* The least that V8 counted outside of its heap since its last full collection for the sake of buffers. */
static int64_t least;

static size_t keep_limit(void *data, size_t current, size_t initial) {
  (void)data;
  (void)initial;
  return current;
}

static int64_t buffer_bytes(void) { return engine.adjust_external_memory(engine.isolate, 0); }

/*
 * V8 collects all garbage when what is booked outside of its heap has grown by half of the heap limit: so that much is booked
 * for a moment.
 */
static void collect(void) {
  int64_t booked = (int64_t)heap_limit;
  engine.adjust_external_memory(engine.isolate, booked);
  engine.adjust_external_memory(engine.isolate, -booked);
}

/* At a point where V8 may collect garbage: does so if buffers, dead or alive, have grown by their room. */
static void look_at_buffers(void) {
  int64_t now = buffer_bytes();
  if (now < least) least = now;
  if (now - least > (int64_t)buffer_room) {
    collect();
    least = buffer_bytes();
  }
  until_look = buffer_room / 2;
}

/*
 * Called by the shim for each allocation outside of V8's heap. V8 itself would let dead buffers grow to half of its heap limit,
 * which counts the inherited heap too: a program that makes buffers and drops them would long have been killed by its cgroup.
 */
void memory_allocated(size_t bytes) {
  if (!watching) return;
  if (bytes < until_look) {
    until_look -= bytes;
    return;
  }
  until_look = SIZE_MAX;
  engine.request_interrupt(engine.isolate, look_at_buffers, NULL);
}

/* The last allocation outside of V8's heap that the kernel refused, for the outcome of a program that couldn't do without. */
static size_t refused;
void memory_refused(size_t bytes) { refused = bytes; }
size_t memory_refused_bytes(void) { return refused; }

/* Lowers V8's heap limit, for good: V8's only function for that is the one that takes a callback at the limit away. */
void memory_limit(size_t heap_bytes, size_t buffer_bytes_before_collection) {
  engine.add_near_heap_limit(engine.isolate, keep_limit, NULL);
  engine.remove_near_heap_limit(engine.isolate, keep_limit, heap_bytes);
  if (buffer_bytes_before_collection == SIZE_MAX || heap_bytes == SIZE_MAX) return;
  heap_limit = heap_bytes;
  buffer_room = buffer_bytes_before_collection;
  least = buffer_bytes();
  until_look = buffer_room / 2;
  watching = true;
}
