/*
 * A child's memory as its own quota allows: V8 must collect garbage, or give up in its own way, before the cgroup kills. Set by the
 * lock, in the child; what the zygote allocates isn't watched.
 */
#include "engine.h"
#include "native.h"

#include <sys/resource.h>

static void follow_limit(void);

/* v8::kGCTypeAll */
enum { ANY_COLLECTION = 31 };

static bool watching;
/* What V8's old generation may take, and how far buffers may grow before their garbage is collected. */
static size_t heap_limit;
static size_t buffer_room;
/* Bytes that may be allocated before the next look at the buffers. */
static size_t until_look;
/* The least that V8 counted outside of its heap since its last full collection for the sake of buffers. */
static int64_t least;

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static size_t heap_limit_now(void) {
  struct rlimit told;
  return prlimit(0, TOLD_HEAP_LIMIT, NULL, &told) == 0 ? told.rlim_cur : heap_limit;
}

/*
 * V8 is about to give up: the last moment to learn that there is more, and V8's only way to a higher limit. Besides, the limit is only to
 * make it collect in time, and is reckoned with caution: before it gives up, it may have half as much again. The wall is the cgroup's.
 */
static size_t at_limit(void *data, size_t current, size_t initial) {
  (void)data;
  (void)initial;
  follow_limit();
  size_t limit = watching ? heap_limit + 2 * buffer_room : heap_limit;
  return limit > current ? limit : current;
}

/* Lowers V8's heap limit: V8's only function for that is the one that takes a callback at the limit away. */
static void lower_limit(void) {
  engine.remove_near_heap_limit(engine.isolate, at_limit, heap_limit);
  engine.add_near_heap_limit(engine.isolate, at_limit, NULL);
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

/*
 * At a point where V8 may collect garbage: all of it goes, so that what was taken away can be given back. V8 takes no limit below what
 * the heap holds, garbage included, so only now it takes the new one.
 */
static void give_back(void) {
  engine.low_memory_notification(engine.isolate);
  lower_limit();
}

/* A quarter of what the heap has is for buffers (supervisor/launch/memory-classes.ts). */
static void follow_limit(void) {
  size_t now = heap_limit_now(), before = heap_limit;
  if (now == before) return;
  heap_limit = now;
  if (watching) {
    buffer_room = now > before ? buffer_room + (now - before) / 4 : buffer_room - smaller((before - now) / 4, buffer_room);
  }
  if (now < before) engine.request_interrupt(engine.isolate, give_back, NULL);
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

/* Called when the supervisor has told of new limits: a program that waits learns it from that alone. */
void memory_changed(void) {
  size_t before = heap_limit;
  follow_limit();
  if (heap_limit < before) give_back();
}

/* Sets V8's heap limit, and has it followed from now on: after each collection, for a program that never reads its channel. */
void memory_limit(size_t heap_bytes, size_t buffer_bytes_before_collection) {
  heap_limit = heap_bytes;
  engine.add_near_heap_limit(engine.isolate, at_limit, NULL);
  lower_limit();
  engine.add_gc_epilogue(engine.isolate, follow_limit, NULL, ANY_COLLECTION);
  if (buffer_bytes_before_collection == SIZE_MAX || heap_bytes == SIZE_MAX) return;
  buffer_room = buffer_bytes_before_collection;
  least = buffer_bytes();
  until_look = buffer_room / 2;
  watching = true;
}
